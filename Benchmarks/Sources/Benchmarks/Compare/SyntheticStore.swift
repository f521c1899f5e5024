import Comparison
import CurveModel
import ExperimentStore
import Glibc
import Measuring

/// Stores that hold a record of every run of a comparison, without any training.
enum SyntheticStore {
  /// Creates the store and records runs until the comparison needs no further one.
  ///
  /// Written as a worker writes: checked, sealed and synced, one record after the other, into one file.
  ///
  /// - Returns: How many records there are.
  /// - Throws: `StoreError`, or ``SyntheticStoreError`` where the comparison never gets complete.
  static func fill(_ path: String, with comparison: Comparison) throws -> Int {
    let knowledge = try StoreKnowledge(path, comparison.strategies, creates: true)
    let writer = RecordWriter(store: path, at: time(nil))
    let planners = comparison.tasks.map { TaskPlanner($0, of: comparison) }
    for _ in 0..<mostStages {
      let needs = try planners.map { try $0.needs(knowledge) }
      if needs.allSatisfy(\.isComplete) { return needs.reduce(0) { $0 + $1.done } }
      for run in needs.flatMap(\.missing) { try writer.append(try record(of: run)) }
      try knowledge.refresh()
    }
    throw SyntheticStoreError(path: path)
  }

  private static let mostStages = 10

  /// A record with the members and about the length of a real one; the same for the same run.
  static func record(of run: RunSpecification) throws -> RunRecord {
    switch run.work {
    case .rangeTest(let settings): try rangeTest(run, settings)
    case .training(let rate): training(run, at: rate)
    }
  }

  private static func rangeTest(_ run: RunSpecification, _ settings: RangeTestSettings) throws -> RunRecord {
    let curve = try SyntheticCurve.noisyDescent(points: settings.iterations)
    return RunRecord(
      kind: .curve, id: run.id,
      members: [
        .init("task", .object(run.task.labels)), .init("rangeTest", .object(settings.labels)),
        .init("seed", .number(Double(run.seed))), .init("num_it", .number(Double(settings.iterations))),
        .init("stop", .string(curve.stop.rawValue)), .init("lrs", .numbers(curve.learningRates)),
        .init("raw_losses", .numbers(curve.rawLosses ?? [])), engine,
      ], measured: measured)
  }

  /// A loss that is lowest at 10⁻², depends a little on the seed, and fails above 10^-0.5.
  private static func training(_ run: RunSpecification, at rate: RateKey) -> RunRecord {
    let exponent = Double(rate.value) / Double(RateKey.perDecade)
    let untrained = 2.3 + Double(run.seed % 97) / 1e4
    let loss = 0.3 + 0.25 * (exponent + 2) * (exponent + 2) + Double(run.seed % 89) / 7e3
    let steps = run.task.evaluation.steps(of: run.task.steps).map { Double($0) }
    let trace = (1...50).map { Double($0 * run.task.steps / 50) }
    let hasDiverged = exponent > -0.5
    let result: [JSONValue.Member] =
      hasDiverged
      ? [.init("status", .string("diverged"))]
      : [
        .init("status", .string("finished")), .init("loss", .number(loss)), .init("error", .number(loss / 3)),
      ]
    return RunRecord(
      kind: .outcome, id: run.id,
      members: [
        .init("task", .object(run.task.labels)), .init("learningRate", .number(rate.learningRate)),
        .init("rate", .number(Double(rate.value))), .init("seed", .number(Double(run.seed))),
      ] + result + [
        .init("bestLoss", .number(loss)), .init("bestError", .number(loss / 3)),
        .init("untrainedLoss", .number(untrained)), .init("untrainedError", .number(0.9)),
        .init("stepsTaken", .number(Double(run.task.steps))), .init("evaluationSteps", .numbers(steps)),
        .init("evaluationLosses", .numbers(steps.map { loss + 1 / (1 + $0) })),
        .init("evaluationErrors", .numbers(steps.map { loss / 3 + 0.1 / (1 + $0) })),
        .init("traceSteps", .numbers(trace)),
        .init("traceLosses", .numbers(trace.map { loss + 2 / (1 + $0) })), engine,
      ], measured: measured)
  }

  private static let engine = JSONValue.Member("engine", .number(Double(RunSpecification.engineVersion)))

  private static let measured: [JSONValue.Member] = [
    .init("seconds", .number(0.123456789)), .init("startedAt", .number(1_795_000_000)),
    .init("peakMemory", .number(123_456_789)), .init("host", .string("nowhere")),
    .init("versions", .object([.init("suggest", .string("synthetic")), .init("threads", .number(1))])),
  ]
}

/// A comparison that goes on needing runs whatever is recorded.
struct SyntheticStoreError: Error, CustomStringConvertible {
  let path: String
  var description: String {
    "the comparison of the synthetic store \(path) never gets complete: LargeComparison must not let it grow"
  }
}
