public import TrainingEngine

/// ResNet-18 or ResNet-34: residual blocks of two 3×3 convolutions, in four stages that halve the sides and double the
/// channels.
///
/// | | 18 | 34 | channels |
/// |---|---|---|---|
/// | `conv1` 7×7, stride 2, max pool 3×3, stride 2 (or a small stem) | 1 | 1 | width |
/// | `layer1` blocks | 2 | 3 | width |
/// | `layer2`, stride 2 | 2 | 4 | 2·width |
/// | `layer3`, stride 2 | 2 | 6 | 4·width |
/// | `layer4`, stride 2 | 2 | 3 | 8·width |
///
/// then global average pooling and `fc`. Source: K. He et al., "Deep Residual Learning for Image Recognition", CVPR 2016,
/// table 1; parameter names and initial values of torchvision 0.28's `resnet18` and `resnet34`.
public struct ResNet: Backbone {
  /// How pictures enter.
  public enum Stem: Sendable, Hashable {
    /// 7×7 with stride 2, then 3×3 max pooling with stride 2: for pictures of about 224×224.
    case imageNet
    /// 3×3 with stride 1 and no pooling: for pictures of about 32×32.
    case small
  }

  /// The usual ones.
  public static let forms = ["resnet18", "resnet18-small", "resnet34", "resnet34-width8"]
  /// The blocks of the four stages, by depth.
  private static let stages = [(word: "resnet18", value: [2, 2, 2, 2]), ("resnet34", [3, 4, 6, 3])]

  private let blocks: [Int]
  /// How pictures enter.
  public let stem: Stem
  /// The channels of the first stage; 64 is standard.
  public let width: Int

  /// Reads `resnet18`, `resnet34`, each also `-small` (the stem) and `-widthN`.
  public init?(_ name: NameWords) {
    var name = name
    guard let blocks = name.take(oneOf: Self.stages) else { return nil }
    self.blocks = blocks
    stem = name.take("small") ? .small : .imageNet
    width = name.takeNumber(after: "width") ?? 64
    guard name.isEmpty else { return nil }
  }

  /// `resnet34`, `resnet18-small`, `resnet34-width8`.
  public var words: [String] {
    // Every block has two convolutions; the first one and the linear layer count too.
    ["resnet\(2 * blocks.reduce(1, +))"] + (stem == .small ? ["small"] : [])
      + (width == 64 ? [] : ["width\(width)"])
  }

  /// The linear layer.
  public static let classifier = "fc"

  /// fastai's second group of three: what lies below is the first.
  public var upperModules: [String] { ["layer3", "layer4"] }

  /// The table's rows, the pooling and the linear layer.
  public func body(input: SampleShape, outputs: Int) throws(ModelZooError) -> Sequential {
    Sequential(named: ["": try features(input: input), "avgpool": GlobalAveragePool(), "fc": Linear(outputs)])
  }

  /// The table's rows.
  public func features(input: SampleShape) throws(ModelZooError) -> Sequential {
    try requirePictures(input)
    let basic = BasicBlocks(initializer: .kaimingNormalFanOut) { channels, stride in
      Sequential([convolution(channels, kernel: 1, stride: stride), BatchNorm()])
    }
    return Sequential(named: [
      "": stem == .imageNet ? imageNetStem : smallStem,
      "layer1": basic.stage(blocks[0], channels: width),
      "layer2": basic.stage(blocks[1], channels: 2 * width, stride: 2),
      "layer3": basic.stage(blocks[2], channels: 4 * width, stride: 2),
      "layer4": basic.stage(blocks[3], channels: 8 * width, stride: 2),
    ])
  }

  private var imageNetStem: Sequential {
    Sequential(named: [
      "conv1": convolution(width, kernel: 7, stride: 2), "bn1": BatchNorm(), "relu": ReLU(),
      "maxpool": MaxPool2D(kernel: 3, stride: 2, padding: 1),
    ])
  }

  private var smallStem: Sequential {
    Sequential(named: ["conv1": convolution(width, kernel: 3), "bn1": BatchNorm(), "relu": ReLU()])
  }

  private func convolution(_ channels: Int, kernel: Int, stride: Int = 1) -> Convolution2D {
    Convolution2D(unbiased: channels, kernel: kernel, stride: stride, initializer: .kaimingNormalFanOut)
  }
}
