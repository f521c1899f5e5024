import CurveModel
import DatasetKit
import TrainingEngine

extension DatasetEntry {
  /// What is learned, in two words.
  var outputs: String {
    switch kind {
    case .classification: "\(outputCount) classes"
    case .regression: "a number"
    case .text: "\(outputCount) characters"
    }
  }

  /// All facts, and more.
  func json(and more: [JSONValue.Member] = []) -> JSONValue {
    .object(
      [
        .init("name", .string(name)), .init("summary", .string(summary)), .init("family", .string(family)),
        .init("kind", .string(kind.rawValue)),
        .init("inputs", .numbers(sampleShape.dimensions.map(Double.init))),
        .init("outputs", .number(Double(outputCount))), .init("train", .number(Double(trainCount))),
        .init("validation", .number(Double(validationCount))), .init("loss", .string(loss.description)),
        .init("classes", .array(classNames.map(JSONValue.string))), .init("origin", .string(origin)),
        .init("licence", .string(licence)), .init("from", .string(source.description)),
        .init("shipped", .bool(isShipped)), .init("version", .string(version)),
      ] + contents + more)
  }

  /// The files, or the archives of photographs.
  private var contents: [JSONValue.Member] {
    switch source {
    case .package:
      [
        .init(
          "files",
          .array(
            files.map { .object([.init("name", .string($0.name)), .init("sha256", .string($0.checksum))]) }))
      ]
    case .archives(let archives):
      [.init("folderName", .string(folderName)), .init("archives", .array(archives.map(\.json)))]
    }
  }
}

extension DatasetArchive {
  fileprivate var json: JSONValue {
    let key =
      switch checksum {
      case .sha256: "sha256"
      case .md5: "md5"
      }
    return .object([
      .init("address", .string(address)), .init("size", .number(Double(size))),
      .init(key, .string(checksum.digits)), .init("photographs", .string(photographFolder)),
    ])
  }
}

extension PretrainedWeights {
  /// All facts, and more; `kind` tells weights from data sets.
  func json(and more: [JSONValue.Member] = []) -> JSONValue {
    .object(
      [
        .init("name", .string(name)), .init("summary", .string(summary)), .init("kind", .string("weights")),
        .init("origin", .string(origin)), .init("licence", .string(licence)),
        .init("from", .string(source.description)), .init("size", .number(Double(size))),
        .init(
          "files",
          .array([.object([.init("name", .string(publishedFile)), .init("sha256", .string(checksum))])])),
      ] + more)
  }
}
