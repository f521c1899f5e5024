public import TrainingEngine

/// The ResNets for 32×32 pictures: 6n + 2 layers in three stages of n residual blocks, with shortcuts that have no
/// parameters.
///
/// | | channels | 32×32 becomes |
/// |---|---|---|
/// | `conv1` 3×3 | 16 | 32×32 |
/// | `layer1`, n blocks | 16 | 32×32 |
/// | `layer2`, n blocks, stride 2 | 32 | 16×16 |
/// | `layer3`, n blocks, stride 2 | 64 | 8×8 |
///
/// then global average pooling and `linear`. Source: K. He et al., "Deep Residual Learning for Image Recognition", CVPR
/// 2016, section 4.2, shortcuts of option A; parameter names and initial values of Y. Idelbayev's `pytorch_resnet_cifar10`
/// (akamaster, commit d5489e89), whose weights fit.
public struct CIFARResNet: Architecture {
  /// The smallest, one of the paper's, and a deep one.
  public static let forms = ["resnet8", "resnet20", "resnet56"]
  /// The paper's depths and the smallest possible; other numbers, such as 50, are other networks' names.
  private static let blockCounts = [8, 20, 32, 44, 56, 110].map {
    (word: "resnet\($0)", value: ($0 - 2) / 6)
  }

  /// The blocks of each stage.
  private let blocks: Int
  /// The channels of the first stage; 16 is standard.
  public let width: Int

  /// Reads `resnet8`, `resnet20`, `resnet32`, `resnet44`, `resnet56`, `resnet110`, each also `-widthN`.
  public init?(_ name: NameWords) {
    var name = name
    guard let blocks = name.take(oneOf: Self.blockCounts) else { return nil }
    self.blocks = blocks
    width = name.takeNumber(after: "width") ?? 16
    guard name.isEmpty else { return nil }
  }

  /// `resnet20`, `resnet8-width32`.
  public var words: [String] { ["resnet\(6 * blocks + 2)"] + (width == 16 ? [] : ["width\(width)"]) }

  /// The table's rows.
  public func body(input: SampleShape, outputs: Int) throws(ModelZooError) -> Sequential {
    try requirePictures(input)
    let basic = BasicBlocks(initializer: .kaimingNormal) { ZeroPaddedShortcut($0, stride: $1) }
    return Sequential(named: [
      "conv1": Convolution2D(unbiased: width, kernel: 3, initializer: .kaimingNormal), "bn1": BatchNorm(),
      "relu": ReLU(),
      "layer1": basic.stage(blocks, channels: width),
      "layer2": basic.stage(blocks, channels: 2 * width, stride: 2),
      "layer3": basic.stage(blocks, channels: 4 * width, stride: 2),
      "avgpool": GlobalAveragePool(),
      "linear": Linear(outputs, initializer: .kaimingNormal),
    ])
  }
}
