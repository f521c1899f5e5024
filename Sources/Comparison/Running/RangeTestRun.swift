internal import CurveModel
internal import RangeTest
internal import TrainingEngine

/// Records one range test of a task; a pure function of task, settings and seed.
struct RangeTestRun {
  let materials: TaskMaterials
  let settings: RangeTestSettings
  let seed: UInt64

  /// Records; nil where it was cancelled.
  ///
  /// - Throws: `CurveError` or `TrainingEngineError`.
  func curve(isCancelled: () -> Bool) throws -> LossCurve? {
    let schedule = try RateSchedule(start: settings.start, end: settings.end, steps: settings.iterations)
    var steps = CurveBuilder()
    let stop = try RangeTest(schedule: schedule, stopRule: .never).run(
      try materials.trainer(seed: seed), batches: materials.batches(seed: seed), isCancelled: isCancelled
    ) { steps.append($0) }
    guard stop != .interrupted else { return nil }
    let header = CurveHeader(task: materials.task.labels, schedule: schedule, seed: seed)
    return try steps.curve(header: header, stop: stop)
  }
}
