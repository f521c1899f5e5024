public import TrainingEngine

/// A model of photographs that can be cut behind its last convolutions, so that published weights serve other classes.
public protocol Backbone: Architecture {
  /// The module behind the cut, named as in published checkpoints, whose tensors another head has no use for.
  static var classifier: String { get }

  /// The modules of the body's upper part, which fastai gives a learning rate of its own; none where the body is one part.
  var upperModules: [String] { get }

  /// The layers from the photograph to the last pictures, before any pooling.
  ///
  /// - Throws: ``ModelZooError`` where the model cannot take such samples.
  func features(input: SampleShape) throws(ModelZooError) -> Sequential
}

/// The affine map from a photograph's bytes to a model's inputs: (byte − mean) / deviation, for each channel.
public struct PictureNormalization: Sendable, Equatable {
  /// What is taken from red, green and blue, in steps of 255.
  public let mean: [Double]
  /// What they are then divided by, in steps of 255.
  public let deviation: [Double]

  /// Describes a map; three numbers each.
  public init(mean: [Double], deviation: [Double]) {
    precondition(mean.count == 3 && deviation.count == 3, "a photograph has three channels")
    self.mean = mean
    self.deviation = deviation
  }

  /// ImageNet's mean .485 .456 .406 and deviation .229 .224 .225, which torchvision's weights expect.
  public static let imageNet = PictureNormalization(
    mean: [0.485, 0.456, 0.406].map { $0 * 255 }, deviation: [0.229, 0.224, 0.225].map { $0 * 255 })
}
