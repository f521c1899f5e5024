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
    let rows = rows
    let width = (rows.map(\.name.count).max() ?? 0) + 2
    let pad = { (text: String, width: Int) in text + String(repeating: " ", count: max(width - text.count, 1))
    }
    let heading = "\(reports.count) seeds; the first is \(reports.first?.curve.source ?? "")"
    let head =
      pad("strategy", width) + pad("median", 10) + pad("lowest … highest", 24) + pad("decades", 9)
      + "answered"
    let lines = rows.map { row in
      guard let middle = row.medianRate, let spread = row.spread, let low = row.log10Rates.min(),
        let high = row.log10Rates.max()
      else { return pad(row.name, width) + pad("abstains", 43) + "0 of \(row.seeds)" }
      return pad(row.name, width) + pad(middle.text(digits: 3), 10)
        + pad("\(pow(10, low).text(digits: 3)) … \(pow(10, high).text(digits: 3))", 24)
        + pad(spread.text(digits: 2), 9) + "\(row.log10Rates.count) of \(row.seeds)"
    }
    return ([heading, "", head] + lines).joined(separator: "\n") + "\n"
  }

  /// One report where there is one seed, in the contract of `suggest --format json`; else an object with the report of
  /// every seed under `seeds` and the rows under `summary`.
  var json: String {
    let texts = reports.map { ReportFormat.json.text(of: $0).dropLast() }
    guard texts.count != 1 else { return String(texts[0]) }
    let summary = rows.map { row in
      JSONValue.object([
        .init("strategy", .string(row.name)), .init("answered", .number(Double(row.log10Rates.count))),
        .init("seeds", .number(Double(row.seeds))),
        .init("medianLearningRate", row.medianRate.map(JSONValue.number) ?? .null),
        .init("spreadDecades", row.spread.map(JSONValue.number) ?? .null),
      ]).text
    }
    return
      "{\"format\":1,\"seeds\":[\(texts.joined(separator: ","))],\"summary\":[\(summary.joined(separator: ","))]}"
  }
}
