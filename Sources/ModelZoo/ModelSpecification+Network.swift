public import TrainingEngine

extension ModelSpecification {
  /// Builds the model's network.
  ///
  /// - Parameters:
  ///   - inputShape: the shape of one sample; models of flat samples flatten pictures first.
  ///   - outputCount: classes or target values.
  ///   - groups: parameters that get a learning rate of their own.
  /// - Throws: ``ModelZooError`` where a model of pictures gets flat or too small samples;
  ///   `TrainingEngineError` where a parameter is in no group.
  public func network(
    inputShape: SampleShape, outputCount: Int, groups: [ParameterGroup] = [.all]
  ) throws -> Network {
    try Network(
      name: name, layers: layers(inputShape: inputShape, outputCount: outputCount), inputShape: inputShape,
      groups: groups)
  }

  private func layers(inputShape: SampleShape, outputCount: Int) throws(ModelZooError) -> [any Layer] {
    let flatten: [any Layer] = inputShape.dimensions.count > 1 ? [Flatten()] : []
    switch self {
    case .logistic:
      return flatten + [Linear(outputCount)]
    case .mlp(let hidden, let batchNorm):
      return flatten + hidden.flatMap { Self.hiddenLayer($0, batchNorm: batchNorm) } + [Linear(outputCount)]
    case .cnn(let channels):
      guard let picture = inputShape.picture else {
        throw .needsPictures(model: name, shape: inputShape.description)
      }
      // Every stage halves both sides, rounding down, and must leave a pixel.
      guard channels.count < Int.bitWidth, min(picture.height, picture.width) >> channels.count > 0 else {
        throw .picturesTooSmall(model: name, shape: inputShape.description)
      }
      return channels.flatMap(Self.convolutionStage) + [Flatten(), Linear(outputCount)]
    }
  }

  /// width → batch norm where asked for → ReLU.
  private static func hiddenLayer(_ width: Int, batchNorm: Bool) -> [any Layer] {
    batchNorm ? [Linear(width), BatchNorm(), ReLU()] : [Linear(width), ReLU()]
  }

  /// 3×3, same size → batch norm → ReLU → half size.
  private static func convolutionStage(_ channels: Int) -> [any Layer] {
    [Convolution2D(channels, kernel: 3, padding: 1), BatchNorm(), ReLU(), MaxPool2D(kernel: 2)]
  }
}
