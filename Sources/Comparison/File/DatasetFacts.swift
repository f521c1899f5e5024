internal import DatasetKit
public import TrainingEngine

/// What a comparison must know of a data set before anything is loaded.
public struct DatasetFacts: Sendable, Equatable {
  /// What a sample is.
  public enum Kind: String, Sendable, CaseIterable {
    /// Pictures, height×width×channels.
    case pictures
    /// Rows of numbers.
    case table
    /// Sequences of character numbers; the outputs are logits of the next character at every time.
    case text
  }

  /// The name.
  public let name: String
  /// What it is a sample or a size of: data sets of one family are one cluster in scoring.
  public let family: String
  /// The SHA-256 hash that stands for its content.
  public let version: String
  /// What a sample is.
  public let kind: Kind
  /// The shape of a sample.
  public let sampleShape: SampleShape
  /// Classes, target values, or characters.
  public let outputCount: Int
  /// The samples that training sees.
  public let trainCount: Int
  /// What training minimises.
  public let loss: Loss

  /// States the facts of a data set.
  public init(
    name: String, family: String, version: String, kind: Kind, sampleShape: SampleShape, outputCount: Int,
    trainCount: Int, loss: Loss = .crossEntropy
  ) {
    self.name = name
    self.family = family
    self.version = version
    self.kind = kind
    self.sampleShape = sampleShape
    self.outputCount = outputCount
    self.trainCount = trainCount
    self.loss = loss
  }

  /// What a model must give for a batch of one.
  var outputShape: SampleShape {
    kind == .text ? SampleShape(sampleShape.dimensions + [outputCount]) : SampleShape([outputCount])
  }

  /// The data sets that can be loaded, in the order of every listing.
  public static let known = Dataset.entries.map(DatasetFacts.init)

  /// What the registry says.
  init(_ entry: DatasetEntry) {
    let kind: Kind =
      if entry.kind == .text { .text } else { entry.sampleShape.picture == nil ? .table : .pictures }
    self.init(
      name: entry.name, family: entry.family, version: entry.version, kind: kind,
      sampleShape: entry.sampleShape, outputCount: entry.outputCount, trainCount: entry.trainCount,
      loss: entry.loss)
  }
}
