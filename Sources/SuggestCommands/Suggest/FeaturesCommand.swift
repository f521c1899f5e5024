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
        suggest features seed-0.jsonl seed-1.jsonl seed-2.jsonl

      Without CURVE it reads standard input if something is piped in, else the newest curve of the store. Of several \
      curves, such as those of record --seeds 5, it prints the median of each feature and how far it spreads. Places \
      are log10 of learning rates. What needs gradients and weights is missing from recordings of programs that keep \
      losses alone.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Option(help: "The form of the output.")
  var format: Format = .text

  @OptionGroup var curve: CurveOptions

  @Argument(help: ArgumentHelp("Further curves, such as those of other seeds.", valueName: "further"))
  var further: [String] = []

  var isQuick: Bool { true }

  func runQuickly() throws {
    let console = Console.current
    var read: [FeatureSheet] = []
    for options in [curve] + further.map({ curve.with($0) }) {
      let named = try options.read(console)
      do throws(Abstention) {
        read.append(FeatureSheet(features: try CurveFeatures(of: named.curve), curve: named))
      } catch {
        console.report("\(named.source): \(error.reason)")
      }
    }
    guard let first = read.first else { throw ExitStatus.abstained }
    for sheet in read {
      for warning in sheet.features.warnings {
        console.report("warning: \(sheet.curve.source): \(warning)")
      }
    }
    let spread = FeatureSpread(read, asked: 1 + further.count)
    switch format {
    case .text: try console.output(further.isEmpty ? first.text : spread.text)
    case .json: try console.output((further.isEmpty ? first.json : spread.json).text + "\n")
    }
  }
}

/// The features of one curve, to print.
struct FeatureSheet {
  let features: CurveFeatures
  let curve: NamedCurve

  var text: String {
    let rows = CurveFeature.allCases.map { feature in
      [
        feature.rawValue, features[feature].map { $0.text(digits: 4) } ?? "–", feature.unit,
        "the " + feature.meaning,
      ]
    }
    return Table.lines(rows).joined(separator: "\n") + "\n"
  }

  var json: JSONValue { .object([.init("format", .number(1))] + members) }

  /// What is said about the curve, without the version of the form.
  var members: [JSONValue.Member] {
    [
      .init("source", .string(curve.source)), .init("points", .number(Double(curve.curve.count))),
      .init("usedPoints", .number(Double(features.usedPoints))),
      .init(
        "features",
        .object(
          CurveFeature.allCases.map { .init($0.rawValue, features[$0].map(JSONValue.number) ?? .null) })),
    ]
  }
}
