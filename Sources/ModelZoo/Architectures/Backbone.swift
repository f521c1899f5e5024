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
