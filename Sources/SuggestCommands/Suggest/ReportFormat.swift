import ArgumentParser
import CurveModel
import StrategyKit

/// The forms in which suggestions are printed.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, csv, value

  /// The report in this form, ending with a line break; empty if there is nothing to print.
  ///
  /// - Parameters:
  ///   - width: Where to wrap text for people; nil does not.
  ///   - explains: Whether text says what moved the answers.
  func text(of report: SuggestionReport, width: Int? = nil, explains: Bool = false) -> String {
    switch self {
    case .text: TextReport(report, width: width, explains: explains).text
    case .json: report.json.text + "\n"
    case .csv: csvReport(report)
    case .value: report.answers.compactMap(\.rate).map { "\($0.learningRate)\n" }.joined()
    }
  }
}

// MARK: CSV

private func csvReport(_ report: SuggestionReport) -> String {
  let header = "strategy,version,learning_rate,interval_low,interval_high,index,abstained,reason"
  let rows = report.answers.map { answer in
    let names = [answer.descriptor.name, answer.descriptor.version]
    let cells: [String] =
      switch answer.suggestion {
      case .rate(let rate):
        [
          "\(rate.learningRate)", rate.interval.map { "\($0.lowerBound)" } ?? "",
          rate.interval.map { "\($0.upperBound)" } ?? "", "\(rate.point.index)", "false", rate.reason,
        ]
      case .abstention(let abstention): ["", "", "", "", "true", abstention.reason]
      }
    return (names + cells).map(csvCell).joined(separator: ",")
  }
  return ([header] + rows).joined(separator: "\n") + "\n"
}

/// A cell as RFC 4180 quotes it.
private func csvCell(_ text: String) -> String {
  guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
  return "\"" + text.replacing("\"", with: "\"\"") + "\""
}
