import CurveModel
import StrategyKit

extension FineTuningTrial {
  /// Reads a trial of a model's file.
  ///
  /// - Throws: `StrategyError` that says what is wrong with it.
  init(_ value: JSONValue) throws(StrategyError) {
    guard let families = value["families"]?.elements, let tasks = value["tasks"]?.integer,
      let rangeTests = value["rangeTests"]?.integer, let good = value["good"]?.integer,
      let coverages = value["coverages"]?.elements
    else { throw StrategyError("the trial of fine-tuning in the model of learned is incomplete") }
    var read: [Coverage] = []
    for coverage in coverages { read.append(try Coverage(coverage)) }
    self.init(
      families: families.compactMap(\.string), tasks: tasks, rangeTests: rangeTests, good: good,
      coverages: read)
  }

  /// The trial as a member of the file, a feature a line.
  var text: String {
    """
    {
        "tasks": \(tasks), "rangeTests": \(rangeTests), "good": \(good),
        "families": \(JSONValue.array(families.map(JSONValue.string)).text),
        "coverages": [
    \(coverages.map(\.text).joined(separator: ",\n"))
        ]
      }
    """
  }
}

extension FineTuningTrial.Coverage {
  fileprivate init(_ value: JSONValue) throws(StrategyError) {
    guard let ranges = value["ranges"]?.elements, !ranges.isEmpty else {
      throw StrategyError("a trial of fine-tuning in the model of learned lacks its ranges")
    }
    var read: [FineTuningTrial.Range] = []
    for range in ranges {
      guard let feature = range["feature"]?.string.flatMap(CurveFeature.init(rawValue:)),
        let lowest = range["lowest"]?.double, let highest = range["highest"]?.double, lowest <= highest
      else {
        throw StrategyError("a range of the model of learned is unknown or incomplete: \(range.text)")
      }
      read.append(.init(feature: feature, lowest: lowest, highest: highest))
    }
    self.init(leftOut: value["leftOut"]?.string, ranges: read)
  }

  fileprivate var text: String {
    let ranges = ranges.map { range in
      let members: [JSONValue.Member] = [
        .init("feature", .string(range.feature.rawValue)), .init("lowest", .number(range.lowest)),
        .init("highest", .number(range.highest)),
      ]
      return "        " + JSONValue.object(members).text
    }
    return """
            {"leftOut": \((leftOut.map(JSONValue.string) ?? .null).text), "ranges": [
      \(ranges.joined(separator: ",\n"))
            ]}
      """
  }
}
