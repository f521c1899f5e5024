public import CurveModel
public import DatasetKit
public import ExperimentStore
internal import Glibc

/// Does runs, one after the other, in this process and on this thread.
public final class RunPerformer {
  private let materials: MaterialsCache
  private let surroundings: [JSONValue.Member]

  /// Prepares for runs.
  ///
  /// - Parameters:
  ///   - folders: where data sets are looked for.
  ///   - weights: where published weights are looked for.
  ///   - surroundings: programs and machine, as they go under `measured` of every record.
  public init(
    folders: DataFolders, weights: WeightFolders = WeightFolders(), surroundings: [JSONValue.Member]
  ) {
    materials = MaterialsCache(folders, weights: weights)
    self.surroundings = surroundings
  }

  /// Does a run.
  ///
  /// - Parameters:
  ///   - run: which.
  ///   - isCancelled: asked before every step.
  /// - Returns: its record; nil where it was cancelled.
  /// - Throws: where data or network cannot be had, or memory is refused.
  public func record(of run: RunSpecification, isCancelled: () -> Bool) throws -> RunRecord? {
    let materials = try materials.materials(of: run.task)
    ProcessMemory.forgetPeak()
    let start = ContinuousClock.now
    let startedAt = time(nil)
    let measured = {
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      return [.init("seconds", .number(seconds)), .init("startedAt", .number(Double(startedAt)))]
        + (ProcessMemory.peak.map { [JSONValue.Member("peakMemory", .number(Double($0)))] } ?? [])
        + self.surroundings
    }
    switch run.work {
    case .rangeTest(let settings):
      let test = RangeTestRun(materials: materials, settings: settings, seed: run.seed)
      guard let curve = try test.curve(isCancelled: isCancelled) else { return nil }
      return RunRecord(run, settings, curve, measured: measured())
    case .training(let rate):
      let training = TrainingRun(materials: materials, rate: rate, seed: run.seed)
      guard let outcome = try training.outcome(isCancelled: isCancelled) else { return nil }
      return RunRecord(run, rate: rate, outcome, measured: measured())
    }
  }
}
