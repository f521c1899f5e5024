import ArgumentParser
import CurveModel
import DatasetKit
import TrainingEngine

/// `suggest data list`: what there is, and what is here.
struct DataListCommand: QuickCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the data sets, and whether they are here; data show has the rest, such as the licence.")

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, registry }

  @Option(
    help:
      "The form of the output; registry is the file datasets/registry.json, which does not say what is here.")
  var format: Format = .text

  @OptionGroup var folder: DataFolderOption

  var isQuick: Bool { true }

  func runQuickly() throws {
    let console = Console.current
    let folders = folder.folders
    switch format {
    case .text:
      let rows = Dataset.entries.map { entry in
        [
          entry.name, "\(entry.sampleCount)", "\(entry.sampleShape)", entry.outputs, entry.family,
          entry.folder(in: folders) == nil ? "to fetch" : "here",
        ]
      }
      let heading = ["name", "samples", "inputs", "outputs", "family", "files"]
      try console.output(Table.lines([heading] + rows).joined(separator: "\n") + "\n")
      if rows.contains(where: { $0.last == "to fetch" }) {
        console.message("suggest data fetch NAME gets a set, suggest data fetch --all gets all\n")
      }
    case .json:
      let list = Dataset.entries.map { entry in
        entry.json(and: [.init("folder", entry.folder(in: folders).map(JSONValue.string) ?? .null)])
      }
      try console.output(JSONValue.array(list).text + "\n")
    case .registry: try console.output(Self.registry)
    }
  }

  /// The text of `datasets/registry.json`.
  static var registry: String {
    "[\n" + Dataset.entries.map { $0.json().text }.joined(separator: ",\n") + "\n]\n"
  }
}

extension DatasetEntry {
  /// What is learned, in two words.
  fileprivate var outputs: String {
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
        .init("licence", .string(licence)), .init("from", .string(sourceDescription)),
        .init("shipped", .bool(isShipped)), .init("version", .string(version)),
        .init(
          "files",
          .array(
            files.map { .object([.init("name", .string($0.name)), .init("sha256", .string($0.checksum))]) })),
      ] + more)
  }
}
