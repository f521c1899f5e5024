internal import DatasetKit
internal import TrainingEngine

/// What the tasks of a comparison need to know of a data set.
struct DatasetFacts: Sendable {
  let name: String
  let version: String
  let sampleShape: SampleShape
  let outputCount: Int
  let outputShape: SampleShape
  let isText: Bool
  let loss: Loss
  /// How many samples training sees; nil where nobody has looked.
  let trainCount: Int?

  /// A registered data set as it is.
  init(_ entry: DatasetEntry) {
    name = entry.name
    version = entry.version
    sampleShape = entry.sampleShape
    outputCount = entry.outputCount
    outputShape = entry.outputShape
    isText = entry.kind == .text
    loss = entry.loss
    trainCount = entry.trainCount
  }

  /// Photographs with options.
  ///
  /// - Parameters:
  ///   - name: what tasks call the data set.
  ///   - version: what tells its photographs from others.
  ///   - side: the pixels of a sample's sides.
  ///   - data: the photographs; nil where nobody has looked.
  init(_ name: String, version: String, side: Int, _ data: Dataset?) {
    self.name = name
    self.version = version
    sampleShape = [side, side, 3]
    // Whether a model takes such pictures does not depend on how many classes they have.
    outputCount = data?.outputCount ?? 2
    outputShape = SampleShape([outputCount])
    isText = false
    loss = .crossEntropy
    trainCount = data?.train.count
  }
}
