import CurveModel
import Evidence
import Scoring

extension ScoredEvidence {
  /// The scores in the stable JSON contract, format 1 (docs/score-format.md).
  var json: JSONValue {
    let tables = sheet.tables
    return .object([
      .init("format", .number(1)), .init("stores", strings(stores)), .init("settings", settings.json),
      .init("notices", strings(evidence.notices)),
      .init("verdict", .array(sheet.verdict.map(\.json))),
      .init("headline", .array(sheet.headline.map { $0.json(sheet.contestants) })),
      .init("pairs", .array(sheet.pairs.map { $0.json(sheet.contestants) })),
      .init("friedman", sheet.friedman.map(\.json) ?? .null),
      .init("ranks", sheet.ranks.map { $0.json(sheet.contestants) } ?? .null),
      .init("profileThresholds", .numbers(RegretProfile.thresholds)),
      .init(
        "profiles",
        .array(
          sheet.profiles.map { profile in
            .object([
              .init("contestant", .string(sheet.contestants[profile.contestant].name)),
              .init("area", .number(profile.area)), .init("shares", .numbers(profile.shares)),
            ])
          })),
      .init("tasks", .array(sheet.studies.map { $0.json(tables.tasks[$0.task]) })),
      .init("scores", .array(sheet.taskScores.map { $0.json(sheet) })),
      .init("exclusions", .array(sheet.exclusions.map(\.json))),
    ])
  }
}

extension ScorerSettings {
  fileprivate var json: JSONValue { .object(members) }

  /// The settings as `suggest score` writes them.
  var members: [JSONValue.Member] {
    [
      .init("outcome", .string(outcome.rawValue)), .init("oracle", .string(oracle.rawValue)),
      .init("rangeTest", rangeTestSetting.map(JSONValue.string) ?? .null),
      .init("roles", .string(roles.rawValue)), .init("draws", .number(Double(draws))),
    ]
  }
}

extension Exclusion {
  /// What was left out and why, as `suggest score` writes it.
  var json: JSONValue {
    .object([.init("subject", .string(subject)), .init("reason", .string(reason))])
  }
}

extension VerdictSentence {
  fileprivate var json: JSONValue {
    .object([
      .init("text", .string(text)),
      .init(
        "numbers",
        .array(
          numbers.map {
            .object([.init("source", .string($0.source)), .init("value", .number($0.value))])
          })),
    ])
  }
}

extension HeadlineRow {
  fileprivate func json(_ contestants: [Contestant]) -> JSONValue {
    .object([
      .init("contestant", .string(contestants[contestant].name)),
      .init("kind", .string(contestants[contestant].kind.rawValue)), .init("tasks", .number(Double(tasks))),
      .init("regret", regret.json), .init("interquartileRegret", interquartileRegret.json),
      .init("successAtOnePercent", .number(successAtOnePercent)),
      .init("successAtFivePercent", success.json), .init("successAtTenPercent", .number(successAtTenPercent)),
      .init("failureRate", failureRate.json), .init("abstentionRate", .number(abstentionRate)),
      .init("distance", optional(distance)), .init("signedDistance", optional(signedDistance)),
      .init("spread", optional(spread)), .init("wideSpreadShare", optional(wideSpreadShare)),
      .init("cost", optional(cost)), .init("directShare", .number(directShare)),
      .init("gapClosed", optional(gapClosed)), .init("timeToTarget", optional(timeToTarget)),
    ])
  }
}

extension PairComparison {
  fileprivate func json(_ contestants: [Contestant]) -> JSONValue {
    .object([
      .init("first", .string(contestants[first].name)), .init("second", .string(contestants[second].name)),
      .init("tasks", .number(Double(tasks))), .init("difference", difference.json),
      .init("wins", .number(Double(wins))), .init("ties", .number(Double(ties))),
      .init("losses", .number(Double(losses))), .init("pValue", .number(pValue)),
      .init("adjustedPValue", .number(adjustedPValue)), .init("better", optional(better)),
      .init("equal", optional(equal)), .init("worse", optional(worse)),
    ])
  }
}

extension FriedmanTest {
  fileprivate var json: JSONValue {
    .object([
      .init("chiSquared", .number(chiSquared)), .init("statistic", .number(statistic)),
      .init("pValue", .number(pValue)), .init("meanRanks", .numbers(meanRanks)),
    ])
  }
}

extension RankComparison {
  fileprivate func json(_ contestants: [Contestant]) -> JSONValue {
    .object([
      .init("contestants", strings(self.contestants.map { contestants[$0].name })),
      .init("meanRanks", .numbers(meanRanks)), .init("families", .number(Double(nemenyi.units))),
      .init("criticalDifference", .number(nemenyi.criticalDifference)),
    ])
  }
}

extension Estimate {
  /// The number and the ends of its interval.
  var json: JSONValue {
    .object([
      .init("value", .number(value)),
      .init("interval", interval.map { .numbers([$0.lowerBound, $0.upperBound]) } ?? .null),
    ])
  }
}

func optional(_ value: Double?) -> JSONValue { value.map(JSONValue.number) ?? .null }
