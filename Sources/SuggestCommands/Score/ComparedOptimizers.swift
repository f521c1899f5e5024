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
    let parts = try parts(of: evidence)
    var compared: [ComparedOptimizers] = []
    for part in parts {
      let settings = try settings(for: part.tables)
      let choice = ContenderChoice(fewestShare: share, reference: reference)
      // Where one role has nothing to compare, the other may have.
      guard let sheet = try Self.sheet(part, settings, choice, mayLack: parts.count > 1) else {
        let roles = part.roles.map(\.rawValue).joined(separator: " and ")
        console.report("no problem of \(roles) rates can be compared across optimizers")
        continue
      }
      compared.append(
        ComparedOptimizers(
          stores: paths(console), settings: settings, notices: evidence.notices, roles: part.roles,
          sheet: sheet))
    }
    guard !compared.isEmpty else { throw ScoringError.noCommonProblem }
    return compared
  }

  /// The comparison; nil where there is none and that is no mistake.
  private static func sheet(
    _ part: StoreEvidence, _ settings: ScorerSettings, _ choice: ContenderChoice, mayLack: Bool
  ) throws(ScoringError) -> ContenderSheet? {
    do throws(ScoringError) {
      return try Scorer(settings).compareOptimizers(part.tables, choice)
    } catch {
      if mayLack, error == .noCommonProblem { return nil }
      throw error
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
