import ArgumentParser
import CurveModel
import StrategyKit

/// The forms in which suggestions are printed.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, csv, value

  /// The report in this form, ending with a line break; empty if there is nothing to print.
  func text(of report: SuggestionReport) -> String {
    switch self {
    case .text: TextReport(report).text
    case .json: jsonReport(report) + "\n"
    case .csv: csvReport(report)
    case .value: report.answers.compactMap(\.rate).map { "\($0.learningRate)\n" }.joined()
    }
  }
}

// MARK: JSON

/// The stable JSON contract, format 1.
private func jsonReport(_ report: SuggestionReport) -> String {
  let curve = report.curve.curve
  return JSONValue.object([
    .init("format", .number(1)),
    .init(
      "curve",
      .object([
        .init("source", .string(report.curve.source)), .init("points", .number(Double(curve.count))),
        .init("stop", .string(curve.stop.rawValue)), .init("warnings", strings(report.curve.warnings)),
      ])),
    .init("suggestions", .array(report.answers.map(jsonAnswer))),
  ]).text
}

private func jsonAnswer(_ answer: SuggestionReport.Answer) -> JSONValue {
  var members: [JSONValue.Member] = [
    .init("strategy", .string(answer.descriptor.name)), .init("version", .string(answer.descriptor.version)),
  ]
  switch answer.suggestion {
  case .rate(let rate):
    members.append(.init("learningRate", .number(rate.learningRate)))
    if let interval = rate.interval {
      members.append(.init("interval", .numbers([interval.lowerBound, interval.upperBound])))
    }
    members += [
      .init("meantFor", .string(answer.descriptor.meantFor.rawValue)),
      .init("usedPoints", .number(Double(rate.usedPoints))),
      .init(
        "point",
        .object([
          .init("index", .number(Double(rate.point.index))),
          .init("learningRate", .number(rate.point.learningRate)), .init("loss", .number(rate.point.loss)),
        ])),
      .init("reason", .string(rate.reason)), .init("warnings", strings(rate.warnings)),
    ]
  case .abstention(let abstention):
    members += [
      .init("abstained", .bool(true)), .init("reason", .string(abstention.reason)),
      .init("warnings", strings(abstention.warnings)),
    ]
  }
  return .object(members)
}

private func strings(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }

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
