import CurveModel
import Scoring

extension ComparedOptimizers {
  /// The comparison in the stable JSON contract, format 1 (docs/score-format.md).
  var json: JSONValue {
    let reference = JSONValue.string(sheet.contenders[sheet.reference].name)
    return .object([
      .init("format", .number(1)), .init("stores", strings(stores)),
      .init("settings", .object(settings.members + [.init("reference", reference)])),
      .init("notices", strings(notices)),
      .init("problemCount", .number(Double(sheet.problemCount))),
      .init("familyCount", .number(Double(sheet.familyCount))),
      .init("timedCount", .number(Double(sheet.timedCount))),
      .init("contenders", .array(sheet.rows.map { $0.json(sheet.contenders) })),
      .init("problems", .array(sheet.problems.map(\.json))),
      .init("scores", .array(sheet.scores.map { $0.json(sheet.contenders) })),
      .init("exclusions", .array(sheet.exclusions.map(\.json))),
    ])
  }
}

extension ContenderRow {
  fileprivate func json(_ contenders: [Contender]) -> JSONValue {
    .object([
      .init("contender", .string(contenders[contender].name)),
      .init("optimizer", .string(contenders[contender].optimizer)),
      .init("regret", regret.json), .init("difference", difference.json),
      .init("failureRate", failureRate.json), .init("abstentionRate", .number(abstentionRate)),
      .init("stepTime", optional(stepTime)), .init("time", optional(time)),
      .init("equalTimeRegret", equalTimeRegret?.json ?? .null),
    ])
  }
}

extension StudiedProblem {
  fileprivate var json: JSONValue {
    .object([
      .init("title", .string(problem.title)), .init("family", .string(problem.family)),
      .init("role", .string(problem.role.rawValue)), .init("optimizers", strings(optimizers)),
      .init("untrained", .number(untrained)), .init("best", .number(best)),
      .init("bestOptimizer", .string(bestOptimizer)), .init("counts", .bool(isCounted)),
    ])
  }
}

extension ContenderProblemScore {
  fileprivate func json(_ contenders: [Contender]) -> JSONValue {
    .object([
      .init("problem", .number(Double(problem))),
      .init("contender", .string(contenders[contender].name)), .init("regret", .number(regret)),
      .init("failureRate", .number(failureRate)), .init("stepTime", optional(stepTime)),
      .init("time", optional(time)), .init("equalTimeRegret", optional(equalTimeRegret)),
    ])
  }
}
