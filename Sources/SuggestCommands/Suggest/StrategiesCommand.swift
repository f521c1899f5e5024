import ArgumentParser
import CurveModel
import StrategyKit
import StrategyRegistry

/// `suggest strategies`: what is built in.
struct StrategiesCommand: QuickCommand {
  static let configuration = CommandConfiguration(
    commandName: "strategies",
    abstract: "List the strategies: name, version, meaning, parameters, source.",
    discussion: """
        suggest strategies
        suggest strategies steepest slide
        suggest strategies --format json
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Option(help: "The form of the output.")
  var format: Format = .text

  @Argument(help: "The strategies to describe. (default: all)")
  var names: [String] = []

  var isQuick: Bool { true }

  func runQuickly() throws {
    let catalog = StrategyCatalog.builtIn
    let descriptors = try (names.isEmpty ? catalog.names : names).map {
      try catalog.strategy(named: $0).descriptor
    }
    switch format {
    case .json: try Console.current.output(JSONValue.array(descriptors.map(Self.json)).text + "\n")
    case .text: try Console.current.output(descriptors.map(Self.entry).joined(separator: "\n"))
    }
  }

  /// What a person should know about a strategy, beginning with its name.
  private static func entry(_ descriptor: StrategyDescriptor) -> String {
    let purpose = descriptor.meantFor == .unknown ? "" : "  Meant as \(words(for: descriptor.meantFor))."
    var lines = ["\(descriptor.name) \(descriptor.version)", "  \(descriptor.summary)\(purpose)"]
    if let optimizers = descriptor.optimizers { lines.append("  for \(optimizers.joined(separator: ", "))") }
    lines.append("  source: \(descriptor.source)")
    if case .peer(let project) = descriptor.origin {
      lines[lines.count - 1] += "; bug-compatible with \(project)"
    }
    let parameters = descriptor.parameters.map { parameter in
      [
        "  --set \(descriptor.name).\(parameter.name)=\(parameter.defaultText)",
        "\(parameter.summary) (\(parameter.typeName): \(parameter.allowed))",
      ]
    }
    return (lines + Table.lines(parameters)).joined(separator: "\n") + "\n"
  }

  private static func words(for use: IntendedUse) -> String {
    switch use {
    case .constant: "a constant rate"
    case .peak: "the peak of a schedule"
    case .fineTuning: "a base rate for fine-tuning"
    case .asAsked: "what --for says"
    case .unknown: "it stands"
    }
  }

  private static func json(_ descriptor: StrategyDescriptor) -> JSONValue {
    let optimizers = descriptor.optimizers.map {
      [JSONValue.Member("optimizers", .array($0.map(JSONValue.string)))]
    }
    return .object(
      [
        .init("strategy", .string(descriptor.name)), .init("version", .string(descriptor.version)),
        .init("summary", .string(descriptor.summary)),
        .init("meantFor", .string(descriptor.meantFor.rawValue)),
      ] + (optimizers ?? []) + [
        .init("source", .string(descriptor.source)),
        .init("parameters", .array(descriptor.parameters.map(json))),
      ])
  }

  private static func json(_ parameter: ParameterDescription) -> JSONValue {
    .object([
      .init("name", .string(parameter.name)), .init("type", .string(parameter.typeName)),
      .init("default", .string(parameter.defaultText)), .init("allowed", .string(parameter.allowed)),
      .init("summary", .string(parameter.summary)),
    ])
  }
}
