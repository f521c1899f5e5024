internal import CurveModel

/// The losses of one task's trainings after any number of steps.
struct LossCourse {
  private let outcomes: TaskOutcomes
  /// The trainings of every rate that has all of the grid's seeds, in their order.
  private let rows: [RateKey: [OutcomeRow]]
  /// The step budget of a training.
  let steps: Double

  /// Collects a task's trainings; nil where their number of steps is not known.
  init?(_ outcomes: TaskOutcomes, _ rows: [OutcomeRow], steps: Int?) {
    guard let steps, steps > 0 else { return nil }
    var cells: [RateKey: [UInt64: OutcomeRow]] = [:]
    for row in rows { cells[row.rate, default: [:]][row.seed] = row }
    self.outcomes = outcomes
    self.rows = cells.compactMapValues { seeds in
      let complete = outcomes.grid.seeds.compactMap { seeds[$0] }
      return complete.count == outcomes.grid.seeds.count ? complete : nil
    }
    self.steps = Double(steps)
  }

  /// The same score read after fewer steps, 0 or more; nil where the trainings were not evaluated on the way.
  ///
  /// On straight lines between evaluations, from the untrained loss on; a rate between two of the grid is read between
  /// them as its outcome is. A training that failed in the end counts as failed all the way. Of an oracle the nearest
  /// rate of the grid is read. What lasts to the end keeps its outcome.
  func cut(_ score: ContenderScore, at step: Double) -> ContenderScore? {
    guard step < steps else { return score }
    var readings: [SuggestionScore] = []
    for var reading in score.readings {
      guard let values = values(at: reading.rate, step: max(step, 0)) else { return nil }
      reading.values = values
      readings.append(reading)
    }
    return ContenderScore(
      task: score.task, readings: readings, rangeTestSteps: score.rangeTestSteps, isOracle: false)
  }

  private func values(at rate: RateKey, step: Double) -> [Double]? {
    if let trained = rows[rate] { return values(of: trained, step: step) }
    let points = outcomes.study.points
    guard let above = points.firstIndex(where: { $0.rate > rate }), above > 0,
      let low = rows[points[above - 1].rate].flatMap({ values(of: $0, step: step) }),
      let high = rows[points[above].rate].flatMap({ values(of: $0, step: step) })
    else { return nil }
    let (first, last) = (points[above - 1].rate.log10, points[above].rate.log10)
    let share = (rate.log10 - first) / (last - first)
    return zip(low, high).map { $0 + share * ($1 - $0) }
  }

  private func values(of rows: [OutcomeRow], step: Double) -> [Double]? {
    var values: [Double] = []
    for row in rows {
      guard let value = loss(of: row, step) else { return nil }
      values.append(value)
    }
    return values
  }

  private func loss(of row: OutcomeRow, _ step: Double) -> Double? {
    let untrained = outcomes.grid.untrained
    guard !OutcomeKind.loss.score(of: row, untrained: untrained).isFailure else { return untrained }
    var before = (step: 0.0, loss: untrained)
    for (place, loss) in zip(row.evaluationSteps, row.evaluationLosses) {
      let after = (step: Double(place), loss: loss)
      if step <= after.step {
        guard after.step > before.step else { return min(after.loss, untrained) }
        let share = (step - before.step) / (after.step - before.step)
        return min(before.loss + share * (after.loss - before.loss), untrained)
      }
      before = after
    }
    return nil
  }
}
