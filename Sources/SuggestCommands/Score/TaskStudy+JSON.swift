import CurveModel
import Scoring

extension TaskStudy {
  /// What the grid of a task says, as `suggest score` writes it.
  func json(_ description: TaskDescription) -> JSONValue {
    .object([
      .init("task", .number(Double(task))), .init("title", .string(description.title)),
      .init("family", .string(description.family)), .init("labels", .object(description.labels)),
      .init("role", .string(description.role.rawValue)), .init("informative", .bool(isInformative)),
      .init("untrained", .number(untrained)),
      .init(
        "oracle",
        .object([
          .init("estimator", .string(oracle.estimator.rawValue)), .init("value", .number(oracle.value)),
          .init("log10Rate", .number(oracle.log10Rate)), .init("atEdge", .bool(oracle.isAtEdge)),
          .init("fallback", oracle.fallback.map(JSONValue.string) ?? .null),
        ])),
      .init(
        "noise",
        .object([
          .init("standardDeviation", .number(noise.standardDeviation)),
          .init("degreesOfFreedom", .number(Double(noise.degreesOfFreedom))),
          .init("delta", .number(noise.delta)),
        ])),
      .init(
        "indifference",
        .array(
          indifference.map {
            .object([
              .init("epsilon", .number($0.epsilon)), .init("lowest", .number($0.lowest)),
              .init("highest", .number($0.highest)),
            ])
          })),
      .init("cliff", optional(cliff?.learningRate)),
      .init("bimodal", .numbers(bimodal.map(\.learningRate))),
      .init(
        "points",
        .array(
          points.map {
            .object([
              .init("learningRate", .number($0.rate.learningRate)), .init("mean", .number($0.mean)),
              .init("failureRate", .number($0.failureRate)), .init("values", .numbers($0.values)),
            ])
          })),
    ])
  }
}

extension TaskScore {
  /// What following a contestant's suggestions on one task would have given, as `suggest score` writes it.
  func json(_ sheet: ScoreSheet) -> JSONValue {
    .object([
      .init("task", .number(Double(task))),
      .init("contestant", .string(sheet.contestants[contestant].name)),
      .init("suggestions", .array(scores.map { $0.json(sheet.tables) })),
    ])
  }
}

extension SuggestionScore {
  fileprivate func json(_ tables: EvidenceTables) -> JSONValue {
    let seed = suggestion.map { tables.rangeTests[tables.suggestions[$0].rangeTest].seed }
    return .object([
      .init("rangeTestSeed", optional(seed.map { Double($0) })),
      .init("learningRate", .number(rate.learningRate)), .init("abstained", .bool(abstained)),
      .init("evaluation", .string(evaluation.rawValue)), .init("regret", .number(normalisedRegret)),
      .init("excess", .number(excess)), .init("failureRate", .number(failureRate)),
      .init("signedDistance", optional(signedDistance)),
      .init("successes", .array(successes.map(JSONValue.bool))), .init("weight", .number(weight)),
    ])
  }
}
