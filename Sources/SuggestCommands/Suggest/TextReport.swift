import CurveModel
import StrategyKit

/// Suggestions as a table for people.
struct TextReport {
  let report: SuggestionReport

  init(_ report: SuggestionReport) { self.report = report }

  var text: String {
    let names = report.answers.map(\.descriptor.name)
    let nameWidth = (names.map(\.count).max() ?? 0) + 2
    let rows = report.answers.map { answer in
      let name = padded(answer.descriptor.name, nameWidth)
      guard let rate = answer.rate else { return name + "abstains: \(answer.abstention?.reason ?? "")" }
      let interval = rate.interval.map { "\(short($0.lowerBound)) … \(short($0.upperBound))" } ?? ""
      return name + padded(short(rate.learningRate), 10) + padded(interval, 22) + rate.reason
    }
    return
      ([heading, "", padded("strategy", nameWidth) + padded("rate", 10) + padded("interval", 22) + "reason"]
      + rows
      + warnings).joined(separator: "\n") + "\n"
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

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(width - text.count, 1))
  }
}
