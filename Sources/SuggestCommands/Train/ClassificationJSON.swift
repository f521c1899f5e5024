import CurveModel
import DatasetKit
import Reporting

/// A classification as a member of a training's outcome.
struct ClassificationJSON {
  let result: ClassificationResult
  let samples: Samples

  /// The matrix of more classes would make lines too long to be read.
  static let mostClasses = 100

  /// `classes`, `confusion` (rows: the true classes), and `worst`, the samples with the largest losses: their `file`, or
  /// their `index` among the held-out samples.
  func value(worst: Int) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("classes", .array(result.classes.map(JSONValue.string)))
    ]
    if result.classes.count <= Self.mostClasses {
      members.append(.init("confusion", .array(result.confusion.map { .numbers($0.map(Double.init)) })))
    }
    members.append(.init("worst", .array(result.worst(worst).map(sample))))
    return .object(members)
  }

  private func sample(_ sample: ClassifiedSample) -> JSONValue {
    let file = samples.file(of: sample.index).map { JSONValue.Member("file", .string($0)) }
    return .object([
      file ?? .init("index", .number(Double(sample.index))),
      .init("predicted", sample.predicted.map { .string(result.classes[$0]) } ?? .null),
      .init("actual", .string(result.classes[sample.actual])), .init("loss", .number(sample.loss)),
      .init("probability", .number(sample.probability)),
    ])
  }
}
