public import TrainingEngine

/// A small convolutional network: 3×3 convolutions, each with batch norm, ReLU and 2×2 max pooling, then a linear layer.
public struct CNN: Architecture {
  /// The default, and written out.
  public static let forms = ["cnn", "cnn-16-32"]
  /// The channels of `cnn`.
  static let defaultChannels = [16, 32]

  /// The channels of each convolution.
  public let channels: [Int]

  /// Creates a network with a convolution of each of these numbers of channels.
  public init(channels: [Int] = [16, 32]) {
    self.channels = channels
  }

  /// Reads `cnn`, `cnn-C1-C2…`.
  public init?(_ name: NameWords) {
    var name = name
    guard name.take("cnn") else { return nil }
    let numbers = name.takeNumbers()
    channels = numbers.isEmpty ? Self.defaultChannels : numbers
    guard name.isEmpty else { return nil }
  }

  /// `cnn-16-32`.
  public var words: [String] { ["cnn"] + channels.map(String.init) }

  /// 3×3, same size → batch norm → ReLU → half size, for every convolution; then flat to linear.
  public func body(input: SampleShape, outputs: Int) throws(ModelZooError) -> Sequential {
    guard let picture = input.picture else {
      throw .needsPictures(model: name, shape: input.description)
    }
    // Every stage halves both sides, rounding down, and must leave a pixel.
    guard channels.count < Int.bitWidth, min(picture.height, picture.width) >> channels.count > 0 else {
      throw .picturesTooSmall(model: name, shape: input.description)
    }
    return Sequential(
      channels.flatMap { channels -> [any Layer] in
        [Convolution2D(channels, kernel: 3, padding: 1), BatchNorm(), ReLU(), MaxPool2D(kernel: 2)]
      } + [Flatten(), Linear(outputs)])
  }
}
