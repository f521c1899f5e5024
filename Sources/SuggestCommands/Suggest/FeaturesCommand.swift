import ArgumentParser
import CurveModel
import StrategyKit

/// `suggest features`: what a curve looks like in numbers.
struct FeaturesCommand: QuickCommand {
  static let configuration = CommandConfiguration(
    commandName: "features",
    abstract: "Print what a loss curve looks like, in numbers without units of the loss.",
    discussion: """
        suggest features
        suggest features recorder.json --format json

      Without CURVE it reads standard input if something is piped in, else the newest curve of the store. Places \
      are log10 of learning rates. What needs gradients and weights is missing from recordings of programs that keep \
      losses alone.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Option(help: "The form of the output.")
  var format: Format = .text

  @OptionGroup var curve: CurveOptions

  var isQuick: Bool { true }

  func runQuickly() throws {
    let console = Console.current
    let named = try curve.read(console)
    let features: CurveFeatures
    do throws(Abstention) {
      features = try CurveFeatures(of: named.curve)
    } catch {
      console.report("\(named.source): \(error.reason)")
      throw ExitStatus.abstained
    }
    for warning in features.warnings { console.report("warning: \(named.source): \(warning)") }
    switch format {
    case .text: try console.output(Self.text(features))
    case .json: try console.output(Self.json(features, of: named).text + "\n")
    }
  }

  private static func text(_ features: CurveFeatures) -> String {
    let rows = CurveFeature.allCases.map { feature in
      [
        feature.rawValue, features[feature].map { $0.text(digits: 4) } ?? "–", feature.unit,
        "the " + feature.meaning,
      ]
    }
    return Table.lines(rows).joined(separator: "\n") + "\n"
  }

  private static func json(_ features: CurveFeatures, of curve: NamedCurve) -> JSONValue {
    .object([
      .init("format", .number(1)), .init("source", .string(curve.source)),
      .init("points", .number(Double(curve.curve.count))),
      .init("usedPoints", .number(Double(features.usedPoints))),
      .init(
        "features",
        .object(
          CurveFeature.allCases.map { .init($0.rawValue, features[$0].map(JSONValue.number) ?? .null) })),
    ])
  }
}
