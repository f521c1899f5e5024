import ArgumentParser
import CurveModel
import DatasetKit

/// `suggest data list`: what there is, and what is here.
struct DataListCommand: QuickCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract:
      "List the data sets and weights, and whether they are here; data show has the rest, such as the licence."
  )

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, registry }

  @Option(
    help:
      "The form of the output; registry is the file datasets/registry.json, which does not say what is here.")
  var format: Format = .text

  @OptionGroup var folder: DataFolderOption

  var isQuick: Bool { true }

  func runQuickly() throws {
    let console = Console.current
    let places = folder.places
    switch format {
    case .text:
      let rows = Dataset.entries.map { entry in
        [
          entry.name, "\(entry.sampleCount)", "\(entry.sampleShape)", entry.outputs, entry.family,
          Self.presence(entry.folder(in: places.folders)),
        ]
      }
      let weights = PretrainedWeights.all.map { weights in
        [
          weights.name, "\(weights.size / 1_000_000) MB", weights.licence,
          Self.presence(weights.place(in: places.weights)),
        ]
      }
      let tables =
        Table.lines([["name", "samples", "inputs", "outputs", "family", "files"]] + rows)
        + [""] + Table.lines([["weights", "size", "licence", "files"]] + weights)
      try console.output(tables.joined(separator: "\n") + "\n")
      if (rows + weights).contains(where: { $0.last == Self.absent }) {
        console.message(
          "suggest data fetch NAME gets one, suggest data fetch --all all that come in packages\n")
      }
    case .json:
      let sets = Dataset.entries.map { entry in
        entry.json(and: [.init("folder", Self.text(entry.folder(in: places.folders)))])
      }
      let weights = PretrainedWeights.all.map { weights in
        weights.json(and: [.init("path", Self.text(weights.place(in: places.weights)))])
      }
      try console.output(JSONValue.array(sets + weights).text + "\n")
    case .registry: try console.output(Self.registry)
    }
  }

  /// The text of `datasets/registry.json`.
  static var registry: String {
    let entries = Dataset.entries.map { $0.json() } + PretrainedWeights.all.map { $0.json() }
    return "[\n" + entries.map(\.text).joined(separator: ",\n") + "\n]\n"
  }

  private static let absent = "to fetch"
  private static func presence(_ place: String?) -> String { place == nil ? absent : "here" }
  private static func text(_ place: String?) -> JSONValue { place.map(JSONValue.string) ?? .null }
}
