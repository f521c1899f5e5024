import ArgumentParser
import Comparison
import Evidence
import ExperimentStore
import Scoring
import StrategyKit

/// What is scored and how, as typed: shared by all commands that score.
struct ScoreOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("Stores of runs, read as one. (default: that of --store)", valueName: "store"))
  var stores: [String] = []

  @OptionGroup var store: StoreOptions
  @OptionGroup var strategies: StrategyOptions
  @OptionGroup var tasks: TaskFilter

  @Option(help: ArgumentHelp("\(RangeTestChoice.help)", valueName: "setting"))
  var rangeTest: String?

  @Option(help: "What is judged: the final validation loss, the best, or the final validation error.")
  var outcome: Outcome = .loss

  @Option(help: "How the best outcome of a task is estimated; docs/scoring.md explains.")
  var oracle: Oracle = .smooth

  @Option(
    help:
      "Only tasks whose rate has this role: it stays constant, or is the peak of a schedule. (default: one table for each)"
  )
  var role: Role?

  @Flag(
    help:
      "Score suggestions also where they are used in another role than they are meant for, and mix all tasks in one table."
  )
  var anyRole = false

  @Option(
    help: ArgumentHelp("How many draws of the bootstrap intervals take; 0 for none.", valueName: "number"))
  var draws = Self.standardDraws

  private static let standardDraws = 10_000

  /// `TaskDescription.Role` as typed.
  enum Role: String, ExpressibleByArgument, CaseIterable {
    case constant, peak
    var role: TaskDescription.Role {
      switch self {
      case .constant: .constant
      case .peak: .peak
      }
    }
  }

  /// `OutcomeKind` as typed.
  enum Outcome: String, ExpressibleByArgument, CaseIterable {
    case loss, best, error
    var kind: OutcomeKind {
      switch self {
      case .loss: .loss
      case .best: .best
      case .error: .error
      }
    }
  }

  /// `OracleEstimator` as typed.
  enum Oracle: String, ExpressibleByArgument, CaseIterable {
    case smooth, plugin, xfit
    var estimator: OracleEstimator {
      switch self {
      case .smooth: .smooth
      case .plugin: .plugin
      case .xfit: .xfit
      }
    }
  }
}

extension ScoreOptions {
  /// The options that were changed, as words to type again; stores not among them.
  var words: [String] {
    let named: [(String, String?)] = [
      ("--range-test", rangeTest), ("--role", role?.rawValue),
      ("--outcome", outcome == .loss ? nil : outcome.rawValue),
      ("--oracle", oracle == .smooth ? nil : oracle.rawValue),
      ("--draws", draws == Self.standardDraws ? nil : "\(draws)"),
    ]
    return strategies.strategy.flatMap { ["--strategy", $0] } + strategies.set.flatMap { ["--set", $0] }
      + tasks.words + named.flatMap { name, value in value.map { [name, $0] } ?? [] }
      + (anyRole ? ["--any-role"] : [])
  }

  /// The folders that are read.
  func paths(_ console: Console) -> [String] {
    var paths: [String] = []
    for path in stores.isEmpty ? [store.resolved(console).path] : stores where !paths.contains(path) {
      paths.append(path)
    }
    return paths
  }

  /// Reads the stores and asks the strategies; tells people what was unusual.
  ///
  /// - Throws: ``UsageError`` for options that contradict each other or match nothing, `UnknownStrategy`,
  ///   `ParameterError`, `StoreError`, `EvidenceError`.
  func evidence(_ console: Console) throws -> StoreEvidence {
    if !stores.isEmpty, store.store != nil {
      throw UsageError("--store and the stores \(stores.joined(separator: ", ")) say different things")
    }
    let paths = paths(console)
    let opened = try paths.map { try RunStore.openExisting($0) }
    let filter = tasks
    let plans = try StoredPlans(opened)
    for notice in plans.notices { console.report(notice) }
    let options = StoreEvidence.Options(
      strategies: try choices(plans), gridRates: plans.gridRates, includesTask: { filter.includes($0) })
    do {
      let evidence = try StoreEvidence(opened, options)
      for notice in evidence.notices { console.report(notice) }
      return evidence
    } catch EvidenceError.noOutcomes where !filter.isEmpty {
      throw UsageError("\(paths.joined(separator: ", ")) has no outcomes of a task that \(filter) asks for")
    }
  }

  /// The scores of evidence.
  ///
  /// - Throws: ``UsageError`` where `--range-test` is needed or names none; `ScoringError`.
  func sheet(of evidence: StoreEvidence) throws -> ScoreSheet {
    try Scorer(try settings(for: evidence.tables)).score(evidence.tables)
  }

  /// Reads, asks and scores all tasks as one table.
  ///
  /// - Throws: as ``sections(_:)``; ``UsageError`` where tasks have several roles and none was chosen.
  func scored(_ console: Console) throws -> ScoredEvidence {
    let sections = try sections(console)
    guard sections.count == 1 else { throw Self.severalRoles(sections.compactMap(\.evidence.roles.first)) }
    return sections[0]
  }

  /// That one table cannot hold tasks of several roles.
  static func severalRoles(_ roles: [TaskDescription.Role]) -> UsageError {
    let choices = roles.map { "--role \($0.rawValue)" }.joined(separator: " or ")
    return UsageError(
      "there are tasks of several roles: choose one with \(choices), or mix them with --any-role")
  }

  /// Reads, asks and scores, each role of the learning rate for itself.
  ///
  /// - Throws: as ``evidence(_:)`` and ``sheet(of:)``.
  func sections(_ console: Console) throws -> [ScoredEvidence] {
    try sections(of: try evidence(console), console)
  }

  /// Scores evidence, each role of the learning rate for itself.
  ///
  /// - Throws: as ``sheet(of:)``.
  func sections(of evidence: StoreEvidence, _ console: Console) throws -> [ScoredEvidence] {
    try checkDraws()
    let parts = try parts(of: evidence)
    return try parts.map { part in
      ScoredEvidence(
        stores: paths(console), settings: try settings(for: part.tables), evidence: part,
        sheet: try sheet(of: part))
    }
  }

  /// Checks `--draws`.
  ///
  /// - Throws: ``UsageError``.
  func checkDraws() throws {
    guard draws >= 0, draws <= Self.mostDraws else {
      throw UsageError("--draws \(draws): it must be 0 to \(Self.mostDraws)")
    }
  }

  /// The evidence for each table: one a role, unless all are mixed or one was chosen.
  func parts(of evidence: StoreEvidence) throws -> [StoreEvidence] {
    guard let role = role?.role else {
      return anyRole || evidence.roles.count < 2 ? [evidence] : evidence.roles.map(evidence.only)
    }
    guard evidence.roles.contains(role) else {
      throw UsageError("--role \(role.rawValue): there is no such task")
    }
    return [evidence.only(role)]
  }

  private static let mostDraws = 1_000_000

  /// How to score these tables.
  func settings(for tables: EvidenceTables) throws -> ScorerSettings {
    ScorerSettings(
      outcome: outcome.kind, oracle: oracle.estimator,
      rangeTestSetting: try RangeTestChoice.setting(rangeTest, among: tables),
      roles: anyRole ? .any : .declared, draws: draws)
  }

  /// The strategies to ask: those typed, else all that are built in and all variations that comparisons named.
  private func choices(_ plans: StoredPlans) throws -> [StrategyChoice] {
    guard strategies.strategy.contains(where: { $0.hasSuffix(")") }) else {
      let plain = try strategies.chosen().map { chosen in
        StrategyChoice(
          chosen.type, settings: strategies.settings(of: chosen.descriptor.name),
          parameters: chosen.parameters, evaluation: .interpolated)
      }
      return (strategies.strategy.isEmpty ? plain + plans.variations : plain).map { $0.evaluated(by: plans) }
    }
    guard strategies.set.isEmpty else {
      throw UsageError("--set does not go with a strategy that is typed with its settings; use one of them")
    }
    var choices: [StrategyChoice] = []
    for typed in strategies.strategy {
      let choice = try StrategyChoice(typed: typed).evaluated(by: plans)
      if !choices.contains(where: { $0.name == choice.name }) { choices.append(choice) }
    }
    return choices
  }
}
