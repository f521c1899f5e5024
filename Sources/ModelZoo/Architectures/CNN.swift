public import TrainingEngine

/// A small convolutional network: 3×3 convolutions, each with batch norm, activation and 2×2 max pooling, then a linear
/// layer.
public struct CNN: Architecture {
  /// The default, written out, and without batch norm.
  public static let forms = ["cnn", "cnn-16-32", "cnn-nobn-16-32"]
  /// The channels of `cnn`.
  public static let defaultChannels = [16, 32]

  /// The channels of each convolution.
  public let channels: [Int]
  /// Whether batch norm follows each convolution.
  public let batchNorm: Bool
  /// The activation of each convolution, and the dropout before the linear layer.
  public let hidden: HiddenLayers

  /// Creates a network with a convolution of each of these numbers of channels.
  public init(
    channels: [Int] = defaultChannels, batchNorm: Bool = true, hidden: HiddenLayers = HiddenLayers()
  ) {
    precondition(
      !channels.isEmpty && channels.allSatisfy { $0 > 0 },
      "a convolutional network needs convolutions of at least one channel")
    self.channels = channels
    self.batchNorm = batchNorm
    self.hidden = hidden
  }

  /// Reads `cnn[-nobn][-C1-C2…][-ACTIVATION][-dropoutP]`.
  public init?(_ name: NameWords) {
    var name = name
    guard name.take("cnn") else { return nil }
    batchNorm = !name.take("nobn")
    channels = name.takeNumbers() ?? Self.defaultChannels
    hidden = HiddenLayers(from: &name)
    guard name.isEmpty else { return nil }
  }

  /// `cnn-16-32`, `cnn-nobn-8-gelu`.
  public var words: [String] {
    ["cnn"] + (batchNorm ? [] : ["nobn"]) + channels.map(String.init) + hidden.words
  }

  /// 3×3, same size → batch norm → activation → half size, for every convolution; then flat → dropout → linear.
  public func body(input: SampleShape, outputs: Int) throws(ModelZooError) -> Sequential {
    try requirePictures(input)
    // Every stage halves both sides, rounding down, and must leave a pixel.
    let smallest = input.dimensions.dropLast().min() ?? 0
    guard channels.count < Int.bitWidth, smallest >> channels.count > 0 else {
      throw .picturesTooSmall(model: name, shape: input.description)
    }
    return Sequential(
      channels.flatMap(stage) + [Flatten()] + hidden.dropoutLayers + [Linear(outputs)])
  }

  private func stage(_ channels: Int) -> [any Layer] {
    [Convolution2D(channels, kernel: 3, padding: 1)] + (batchNorm ? [BatchNorm()] : [])
      + [hidden.activation.layer, MaxPool2D(kernel: 2)]
  }
}
