import CurveModel
import CurveSmoothing
import Glibc
import StrategyKit

/// What strategies suggest over several seeds: the median in log10 rate and the spread.
struct SeedSummary {
  let reports: [SuggestionReport]

  init(_ reports: [SuggestionReport]) { self.reports = reports }

  /// One strategy over all seeds.
  struct Row {
    let name: String
    /// The suggestions of the seeds that got one, as log10 rates.
    let log10Rates: [Double]
    let seeds: Int

    var medianRate: Double? { log10Rates.isEmpty ? nil : pow(10, median(log10Rates)) }
    /// The decades from the lowest to the highest suggestion.
    var spread: Double? {
      guard let low = log10Rates.min(), let high = log10Rates.max() else { return nil }
      return high - low
    }
  }

  var rows: [Row] {
    guard let first = reports.first else { return [] }
    return first.answers.indices.map { index in
      let rates = reports.compactMap { $0.answers[index].rate?.learningRate }
      return Row(
        name: first.answers[index].descriptor.name, log10Rates: rates.map { log10($0) }, seeds: reports.count)
    }
  }

  /// A table for people.
  var text: String {
    let heading = "\(reports.count) seeds; the first is \(reports.first?.curve.source ?? "")"
    let lines = rows.map { row in
      guard let middle = row.medianRate, let spread = row.spread, let low = row.log10Rates.min(),
        let high = row.log10Rates.max()
      else { return [row.name, "abstains", "", "", "0 of \(row.seeds)"] }
      return [
        row.name, middle.text(digits: 3),
        "\(pow(10, low).text(digits: 3)) … \(pow(10, high).text(digits: 3))",
        spread.text(digits: 2), "\(row.log10Rates.count) of \(row.seeds)",
      ]
    }
    let table = Table.lines([["strategy", "median", "lowest … highest", "decades", "answered"]] + lines)
    return ([heading, ""] + table).joined(separator: "\n") + "\n"
  }

  /// The report itself where there is one seed; else an object with the report of every seed under `seeds` and the
  /// rows under `summary`.
  var json: JSONValue {
    if reports.count == 1 { return reports[0].json }
    let summary = rows.map { row in
      JSONValue.object([
        .init("strategy", .string(row.name)), .init("answered", .number(Double(row.log10Rates.count))),
        .init("seeds", .number(Double(row.seeds))),
        .init("medianLearningRate", row.medianRate.map(JSONValue.number) ?? .null),
        .init("spreadDecades", row.spread.map(JSONValue.number) ?? .null),
      ])
    }
    return .object([
      .init("format", .number(1)), .init("seeds", .array(reports.map(\.json))),
      .init("summary", .array(summary)),
    ])
  }
}
