internal import CurveModel

/// What happens to a suggestion that is meant as another kind of rate than the task's: a peak rate where the task's stays
/// constant.
public enum RoleRule: String, Sendable, CaseIterable {
  /// It is refused and listed, and tasks of several roles are not mixed (scoring reference, pitfall 11).
  case declared
  /// It is scored as people use it: a deviation from the scoring reference, to be asked for.
  case any
}

/// How to score.
public struct ScorerSettings: Sendable, Equatable {
  /// Which outcome is judged.
  public var outcome: OutcomeKind
  /// How the best outcome of a task is estimated.
  public var oracle: OracleEstimator
  /// Only range tests of this setting; where nil, all must have the same.
  public var rangeTestSetting: String?
  /// Whether suggestions count where they are used as another kind of rate than they are meant for.
  public var roles: RoleRule
  /// Strategies whose shares of directly trained suggestions differ by more than this are not ranked.
  public var directShareTolerance: Double

  /// How many draws the intervals take; 0 claims none.
  public var draws: Int

  /// Chooses settings.
  public init(
    outcome: OutcomeKind = .loss, oracle: OracleEstimator = .smooth, rangeTestSetting: String? = nil,
    roles: RoleRule = .declared, directShareTolerance: Double = 0.5,
    draws: Int = 10_000
  ) {
    self.outcome = outcome
    self.oracle = oracle
    self.rangeTestSetting = rangeTestSetting
    self.roles = roles
    self.directShareTolerance = directShareTolerance
    self.draws = draws
  }
}

/// Scores strategies and baselines against the outcomes of real trainings: a pure function of tables.
///
/// With fewer than eight families of data sets no interval is claimed: every ``Estimate/interval`` is nil, and the
/// verdict says so.
public struct Scorer: Sendable {
  /// How to score.
  public let settings: ScorerSettings

  /// Makes a scorer.
  public init(_ settings: ScorerSettings = ScorerSettings()) { self.settings = settings }

  /// Scores tables.
  ///
  /// - Throws: ``ScoringError`` where a score would be wrong without anybody seeing it; what is merely unusable is left
  ///   out and listed in ``ScoreSheet/exclusions``.
  public func score(_ unchecked: EvidenceTables) throws(ScoringError) -> ScoreSheet {
    let checked = try unchecked.checked(
      outcome: settings.outcome, setting: settings.rangeTestSetting, roles: settings.roles)
    let tables = checked.tables
    var exclusions = checked.exclusions
    let outcomes = studied(tables, &exclusions)
    let usable = outcomes.compactMap(\.self)
    guard !usable.isEmpty else { throw .noUsableTask }
    var taskScores = StrategyScoring(tables: tables, outcomes: outcomes).scores(&exclusions)
    let baselines = BaselineScoring(tables: tables, outcomes: usable)
      .entries(firstContestant: tables.strategies.count, &exclusions)
    taskScores += baselines.flatMap(\.scores)
    let contestants =
      tables.strategies.map { Contestant(name: $0.name, kind: .strategy) }
      + baselines.map { Contestant(name: $0.name, kind: .baseline) }
    let board = ScoreBoard(
      tables: tables, outcomes: usable, contestants: contestants, scores: taskScores)
    let intervals = board.intervals(settings)
    exclusions += board.exclusions
    let headline = board.headline(intervals)
    let pairs = board.pairs(intervals)
    let friedman = board.friedman
    let verdict = Verdict(
      board: board, headline: headline, pairs: pairs, friedman: friedman, settings: settings)
    return ScoreSheet(
      tables: tables, studies: usable.map(\.study), contestants: contestants, taskScores: taskScores,
      headline: headline, pairs: pairs, friedman: friedman, ranks: board.ranks(friedman),
      profiles: board.profiles,
      widthClasses: board.widthClasses, exclusions: exclusions, verdict: verdict.sentences)
  }

  /// The studies of all tasks, nil where there is none; reasons are listed.
  func studied(_ tables: EvidenceTables, _ exclusions: inout [Exclusion]) -> [TaskOutcomes?] {
    var rows = [[OutcomeRow]](repeating: [], count: tables.tasks.count)
    for row in tables.outcomes { rows[row.task].append(row) }
    let tested = Set(tables.rangeTests.map(\.task))
    return tables.tasks.indices.map { task in
      let title = tables.tasks[task].title
      do throws(GridProblem) {
        let found = try TaskOutcomes(
          task: task, rows[task], outcome: settings.outcome, estimator: settings.oracle)
        for rate in found.grid.incomplete {
          let reason = "it lacks one of the grid's seeds"
          exclusions.append(Exclusion("\(title) at \(rate.learningRate)", because: reason))
        }
        if !tested.contains(task) {
          exclusions.append(Exclusion("the strategies on \(title)", because: "it has no range test"))
        }
        return found
      } catch {
        exclusions.append(Exclusion(title, because: error.description))
        return nil
      }
    }
  }
}
