import ArgumentParser
import CurveModel
import StrategyKit
import StrategyRegistry

/// `suggest strategies`: what is built in.
struct StrategiesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "strategies",
    abstract: "List the strategies: name, version, meaning, parameters, source.",
    discussion: """
        suggest strategies                   one line each
        suggest strategies steepest slide    everything about these two
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Option(help: "The form of the output.")
  var format: Format = .text

  @Argument(help: "Strategies to describe in full. (default: all, one line each)")
  var names: [String] = []

  func run() throws {
    let catalog = StrategyCatalog.builtIn
    let descriptors = try (names.isEmpty ? catalog.names : names).map {
      try catalog.strategy(named: $0).descriptor
    }
    let text =
      switch format {
      case .json: JSONValue.array(descriptors.map(Self.json)).text + "\n"
      case .text: names.isEmpty ? Self.table(descriptors) : descriptors.map(Self.page).joined(separator: "\n")
      }
    try Console.current.output(text)
  }

  private static func table(_ descriptors: [StrategyDescriptor]) -> String {
    let width = (descriptors.map(\.name.count).max() ?? 0) + 2
    return descriptors.map { descriptor in
      padded(descriptor.name, width) + padded(descriptor.version, 6) + descriptor.summary + "\n"
    }.joined()
  }

  private static func page(_ descriptor: StrategyDescriptor) -> String {
    var lines = [
      "\(descriptor.name) \(descriptor.version)", "  \(descriptor.summary)",
      "  meant for: \(descriptor.meantFor.rawValue)", "  source: \(descriptor.source)",
    ]
    if case .peer(let project) = descriptor.origin { lines.append("  bug-compatible with: \(project)") }
    for parameter in descriptor.parameters {
      lines.append(
        "  --set \(descriptor.name).\(parameter.name)=\(parameter.defaultText)   \(parameter.summary) (\(parameter.typeName): \(parameter.allowed))"
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func json(_ descriptor: StrategyDescriptor) -> JSONValue {
    .object([
      .init("strategy", .string(descriptor.name)), .init("version", .string(descriptor.version)),
      .init("summary", .string(descriptor.summary)), .init("meantFor", .string(descriptor.meantFor.rawValue)),
      .init("source", .string(descriptor.source)),
      .init(
        "parameters",
        .array(
          descriptor.parameters.map { parameter in
            .object([
              .init("name", .string(parameter.name)), .init("type", .string(parameter.typeName)),
              .init("default", .string(parameter.defaultText)), .init("allowed", .string(parameter.allowed)),
              .init("summary", .string(parameter.summary)),
            ])
          })),
    ])
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(width - text.count, 1))
  }
}
