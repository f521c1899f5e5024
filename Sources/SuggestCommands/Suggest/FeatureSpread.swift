import CurveModel
import CurveSmoothing
import StrategyKit

/// The features of range tests that differ in their seeds: the middle of each, and how far it spreads.
struct FeatureSpread {
  /// A feature over the curves that have it.
  struct Row {
    let feature: CurveFeature
    /// Its values, in the order of the curves.
    let values: [Double]

    var median: Double? { values.isEmpty ? nil : CurveSmoothing.median(values) }
    var lowest: Double? { values.min() }
    var highest: Double? { values.max() }
    /// From the lowest to the highest, in the feature's unit.
    var spread: Double? { highest.flatMap { high in lowest.map { high - $0 } } }
  }

  /// Feature by feature.
  let rows: [Row]
  private let sheets: [FeatureSheet]
  private let asked: Int

  /// - Parameters:
  ///   - sheets: The curves that show something.
  ///   - asked: How many there are with those that show nothing.
  init(_ sheets: [FeatureSheet], asked: Int) {
    self.sheets = sheets
    self.asked = asked
    rows = CurveFeature.allCases.map { feature in
      Row(feature: feature, values: sheets.compactMap { $0.features[feature] })
    }
  }

  /// A table for people.
  var text: String {
    let lines = rows.map { row -> [String] in
      func shown(_ value: Double?, _ digits: Int) -> String { value.map { $0.text(digits: digits) } ?? "–" }
      return [
        row.feature.rawValue, shown(row.median, 4), shown(row.lowest, 4), shown(row.highest, 4),
        shown(row.spread, 2), "\(row.values.count) of \(asked)", row.feature.unit,
        "the " + row.feature.meaning,
      ]
    }
    let heading = ["feature", "median", "lowest", "highest", "spread", "curves", "unit", "meaning"]
    return Table.lines([heading] + lines).joined(separator: "\n") + "\n"
  }

  /// The features of every curve under `curves`, and the rows under `spread`.
  var json: JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map(JSONValue.number) ?? .null }
    let summary = rows.map { row in
      JSONValue.Member(
        row.feature.rawValue,
        .object([
          .init("median", number(row.median)), .init("lowest", number(row.lowest)),
          .init("highest", number(row.highest)), .init("curves", .number(Double(row.values.count))),
        ]))
    }
    return .object([
      .init("format", .number(1)), .init("asked", .number(Double(asked))),
      .init("curves", .array(sheets.map { .object($0.members) })), .init("spread", .object(summary)),
    ])
  }
}
