import CurveModel
import StrategyKit

/// Suggestions as a table for people.
struct TextReport {
  let report: SuggestionReport
  /// Where to wrap reasons; nil leaves them on one line.
  let width: Int?
  /// Whether it says what moved the answers.
  let explains: Bool

  init(_ report: SuggestionReport, width: Int? = nil, explains: Bool = false) {
    self.report = report
    self.width = width
    self.explains = explains
  }

  var text: String {
    let own = report.answers.filter { $0.descriptor.origin == .toolkit }.map(row)
    let copies = report.answers.filter { $0.descriptor.origin != .toolkit }.map(row)
    // An empty row between our own answers and what other projects would have said.
    let rows = own + (own.isEmpty || copies.isEmpty ? [] : [[""]]) + copies
    let table = Table.lines([["strategy", "rate", "interval", "reason"]] + rows, width: width)
    return ([heading, ""] + table + byUse + explanations + warnings).joined(separator: "\n") + "\n"
  }

  /// What strategies that know the use would say for each, where none was named.
  private var byUse: [String] {
    guard !report.byUse.isEmpty else { return [] }
    let header = ["by use"] + (report.byUse.first?.rates.map(\.name) ?? [])
    let rows = report.byUse.map { row in [row.strategy] + row.rates.map { $0.rate.map(short) ?? "abstains" } }
    return [""] + Table.lines([header] + rows)
  }

  private var explanations: [String] {
    guard explains else { return [] }
    let said = report.answers.flatMap { answer -> [String] in
      guard let explanation = answer.rate?.explanation, !explanation.isEmpty else { return [] }
      return ["", "\(answer.descriptor.name), against an average curve:"] + explanation.map { "  " + $0 }
    }
    return said.isEmpty ? ["", "no strategy here can say more than its reason"] : said
  }

  private func row(_ answer: SuggestionReport.Answer) -> [String] {
    switch answer.suggestion {
    case .rate(let rate):
      let interval = rate.interval.map { "\(short($0.lowerBound)) … \(short($0.upperBound))" } ?? ""
      return [answer.descriptor.name, short(rate.learningRate), interval, rate.reason]
    case .abstention(let abstention): return [answer.descriptor.name, "abstains", "", abstention.reason]
    }
  }

  private var heading: String {
    let curve = report.curve.curve
    let asked = curve.requestedPoints.map { $0 > curve.count ? " of \($0)" : "" } ?? ""
    let stop =
      switch curve.stop {
      case .completed: ", complete"
      case .diverged: ", ended by the stop rule"
      case .nonFinite: ", ended by a loss that is no number"
      case .interrupted: ", interrupted"
      case .unknown: ""
      }
    return "\(report.curve.source): \(curve.count)\(asked) points\(stop)"
  }

  /// Each warning once, with the strategies it is about.
  private var warnings: [String] {
    var order: [String] = []
    var strategies: [String: [String]] = [:]
    for answer in report.answers {
      for warning in answer.rate?.warnings ?? answer.abstention?.warnings ?? [] {
        if strategies[warning] == nil { order.append(warning) }
        strategies[warning, default: []].append(answer.descriptor.name)
      }
    }
    return order.isEmpty
      ? [] : [""] + order.map { "warning (\((strategies[$0] ?? []).joined(separator: ", "))): \($0)" }
  }

  private func short(_ rate: Double) -> String { rate.text(digits: 3) }
}
