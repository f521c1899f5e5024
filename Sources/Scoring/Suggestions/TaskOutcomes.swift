internal import CurveModel

/// All trainings of one task, to be asked what a rate gives.
struct TaskOutcomes: Sendable {
  /// The grid.
  let grid: OutcomeGrid
  /// What the grid says.
  let study: TaskStudy
  /// What was trained at each rate with all of the grid's seeds, on the grid or beside it.
  private let direct: [RateKey: Reading]
  /// How long trainings at each such rate take to come close to the oracle; empty where errors are judged, whose course
  /// is not recorded.
  private let times: [RateKey: RunningTime]

  /// What a rate gives.
  struct Reading: Sendable, Equatable {
    /// The outcome of each seed, clipped at the untrained one, in the order of the grid's seeds.
    var values: [Double]
    /// The share of seeds that failed.
    var failureRate: Double
    /// How it was found out.
    var evaluation: ScoredStrategy.Evaluation
  }

  /// Why nobody knows what a rate gives without training it.
  enum MustTrain: Error, Equatable, CustomStringConvertible {
    case notTrained(RateKey), besideTheGrid(RateKey), nextToFailing(RateKey)

    var description: String {
      switch self {
      case .notTrained(let rate): "must-train: \(rate.learningRate) was not trained with all seeds"
      case .besideTheGrid(let rate): "must-train: \(rate.learningRate) lies beside the grid"
      case .nextToFailing(let rate): "must-train: \(rate.learningRate) lies next to a failing rate"
      }
    }
  }

  /// Collects a task's trainings.
  init(
    task: Int, _ rows: [OutcomeRow], outcome: OutcomeKind, estimator: OracleEstimator
  ) throws(GridProblem) {
    grid = try OutcomeGrid(rows, outcome: outcome)
    study = TaskStudy(task: task, grid, estimator)
    var cells: [RateKey: [UInt64: OutcomeRow]] = [:]
    for row in rows { cells[row.rate, default: [:]][row.seed] = row }
    var direct: [RateKey: Reading] = [:]
    var trained: [RateKey: [OutcomeRow]] = [:]
    for (rate, seeds) in cells {
      let complete = grid.seeds.compactMap { seeds[$0] }
      guard complete.count == grid.seeds.count else { continue }
      trained[rate] = complete
      let untrained = grid.untrained
      let scores = complete.map { outcome.score(of: $0, untrained: untrained) }
      direct[rate] = Reading(
        values: scores.map(\.value),
        failureRate: Double(scores.count { $0.isFailure }) / Double(scores.count),
        evaluation: .direct)
    }
    self.direct = direct
    let best = study.oracle.value
    let target = best + RunningTime.targetShare * (study.untrained - best)
    times = outcome == .error ? [:] : [RateKey: RunningTime](trained, target: target)
  }

  /// How long training at suggested rates takes to come close to the oracle, as a multiple of the time it takes at the rate of the
  /// grid that is nearest to the oracle's: ERT(rates) / ERT(oracle).
  ///
  /// Only rates that were trained count. Infinite where no training comes close; nil where none of the rates was trained,
  /// or the oracle's own do not come close.
  func timeToTarget(_ scores: [SuggestionScore]) -> Double? {
    guard let nearest = study.points.min(by: { distance($0) < distance($1) }),
      let oracle = times[nearest.rate]?.expected, oracle.isFinite, oracle > 0
    else { return nil }
    var time: RunningTime?
    for score in scores {
      guard let own = times[score.rate] else { continue }
      var sum = time ?? RunningTime()
      sum.add(own, weight: score.weight)
      time = sum
    }
    return time.map { $0.expected / oracle }
  }

  private func distance(_ point: RatePoint) -> Double { abs(point.rate.log10 - study.oracle.log10Rate) }

  /// What a suggested rate gives: from trainings at exactly that rate; else, where allowed, on the straight line in
  /// log10 between its two neighbours on the grid, seed by seed (scoring reference, section 5).
  ///
  /// Neither beside the grid nor next to a failing rate: there the error of the line is a quarter of the range.
  func reading(
    at rate: RateKey, _ evaluation: ScoredStrategy.Evaluation
  ) -> Result<Reading, MustTrain> {
    if let known = direct[rate] { return .success(known) }
    guard evaluation == .interpolated else { return .failure(.notTrained(rate)) }
    guard let above = study.points.firstIndex(where: { $0.rate > rate }), above > 0 else {
      return .failure(.besideTheGrid(rate))
    }
    let (low, high) = (study.points[above - 1], study.points[above])
    guard low.isStable, high.isStable else { return .failure(.nextToFailing(rate)) }
    let share = (rate.log10 - low.rate.log10) / (high.rate.log10 - low.rate.log10)
    let values = zip(low.values, high.values).map { $0 + share * ($1 - $0) }
    return .success(Reading(values: values, failureRate: 0, evaluation: .interpolated))
  }

  /// The point of the grid that is nearest to log10 of a rate; of two equally near ones the lower.
  func nearestPoint(toLog10 log10Rate: Double) -> RatePoint {
    nearestPoint(to: RateKey(value: Int((log10Rate * Double(RateKey.perDecade)).rounded())))
  }

  /// The point of the grid that is nearest to a rate in log10; of two equally near ones the lower.
  func nearestPoint(to rate: RateKey) -> RatePoint {
    study.points[RegretCurve(study).nearest(to: rate)]
  }
}
