import CurveModel
import StrategyKit

extension SuggestionReport {
  /// The report in the stable JSON contract, format 1.
  var json: JSONValue {
    .object([
      .init("format", .number(1)),
      .init(
        "curve",
        .object([
          .init("source", .string(curve.source)), .init("points", .number(Double(curve.curve.count))),
          .init("stop", .string(curve.curve.stop.rawValue)), .init("warnings", strings(curve.warnings)),
        ])),
      .init("suggestions", .array(answers.map(\.json))),
    ])
  }
}

extension SuggestionReport.Answer {
  fileprivate var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("strategy", .string(descriptor.name)), .init("version", .string(descriptor.version)),
    ]
    switch suggestion {
    case .rate(let rate):
      members.append(.init("learningRate", .number(rate.learningRate)))
      if let interval = rate.interval {
        members.append(.init("interval", .numbers([interval.lowerBound, interval.upperBound])))
      }
      members += [
        .init("meantFor", .string(descriptor.meantFor.rawValue)),
        .init("usedPoints", .number(Double(rate.usedPoints))), .init("point", point(rate.point)),
        .init("reason", .string(rate.reason)), .init("warnings", strings(rate.warnings)),
      ]
      if !rate.explanation.isEmpty { members.append(.init("explanation", strings(rate.explanation))) }
    case .abstention(let abstention):
      members += [
        .init("abstained", .bool(true)), .init("reason", .string(abstention.reason)),
        .init("warnings", strings(abstention.warnings)),
      ]
    }
    return .object(members)
  }

  private func point(_ point: CurvePoint) -> JSONValue {
    .object([
      .init("index", .number(Double(point.index))), .init("learningRate", .number(point.learningRate)),
      .init("loss", .number(point.loss)),
    ])
  }
}

func strings(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
