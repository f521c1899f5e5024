import Evidence
import Scoring

/// Optimizers compared on the same problems, with everything that was asked.
struct ComparedOptimizers: Sendable {
  /// The folders that were read.
  let stores: [String]
  /// How it was scored.
  let settings: ScorerSettings
  /// What was unusual about the stores.
  let notices: [String]
  /// The roles that the problems' rates have.
  let roles: [TaskDescription.Role]
  /// The comparison.
  let sheet: ContenderSheet

  /// Who is asked where no strategy is typed: with all there are a table would have hundreds of lines, and a problem
  /// would rarely have a score of each.
  static let standardStrategies = ["learned", "balanced", "consensus", "steepest"]
}

extension ScoreOptions {
  /// Reads, asks and compares optimizers, each role of the learning rate for itself.
  ///
  /// - Throws: as `evidence(_:)`; `ScoringError` where there is nothing to compare.
  func comparedOptimizers(_ console: Console, reference: String?) throws -> [ComparedOptimizers] {
    try checkDraws()
    var options = self
    if options.strategies.strategy.isEmpty {
      options.strategies.strategy = ComparedOptimizers.standardStrategies
    }
    let evidence = try options.evidence(console)
    // Whoever names optimizers wants just these, however few problems they share.
    let share = tasks.optimizer.isEmpty ? ContenderChoice.standardShare : 0
    return try parts(of: evidence).map { part in
      let settings = try settings(for: part.tables)
      let sheet = try Scorer(settings).compareOptimizers(
        part.tables, ContenderChoice(fewestShare: share, reference: reference))
      return ComparedOptimizers(
        stores: paths(console), settings: settings, notices: evidence.notices, roles: part.roles,
        sheet: sheet)
    }
  }

  /// The same as one table.
  ///
  /// - Throws: also ``UsageError`` where tasks have several roles and none was chosen.
  func comparedOptimizersOfOneRole(_ console: Console, reference: String?) throws -> ComparedOptimizers {
    let compared = try comparedOptimizers(console, reference: reference)
    guard compared.count == 1 else { throw Self.severalRoles(compared.compactMap(\.roles.first)) }
    return compared[0]
  }
}
