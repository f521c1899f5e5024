import Glibc
import Measuring
import TrainingWork

/// Training steps, ours and PyTorch's in turns.
enum TrainingBenchmark: Benchmark {
  static let name = "training"
  static let summary =
    "one training step (forward, backward, optimizer) on random samples, ours and PyTorch's in turns"

  /// PyTorch's worker, from where `scripts/bench.sh` runs.
  private static let script = "Benchmarks/PyTorch/training_steps.py"

  static func rows(_ effort: Effort) throws -> [ResultRow] {
    let ours = try TrainingWorker(MeasuredProgram.trainingSteps.requiredPath())
    let pyTorch = pyTorchWorker(python: MeasuredProgram.pyTorch.path, script: script)
    let threads = sysconf(Int32(_SC_NPROCESSORS_ONLN)) > 1 ? [1, 2] : [1]
    var measured: [MeasuredSteps] = []
    var products: [Duration] = []
    for work in allWorks {
      report("training: \(work.work.title)")
      let measurer = StepMeasurer(work, effort: effort, threads: threads, ours: ours, pyTorch: pyTorch)
      let steps = try measurer.measure()
      measured.append(steps)
      products += steps.matrixProduct.durations
    }
    let peak = MatrixProductPeak(products)
    var rows = [peak.row] + measured.flatMap { $0.rows(peak: peak) }
    if threads.count > 1, let large = measured.last {
      rows += large.threadRows
      report("training: two runs at the same time")
      rows.append(try independentRunsRow(effort, ours: ours))
    }
    report("training: peak memory")
    return rows
      + (try MemoryComparison(.resNet34, threads: threads.count, pyTorch: pyTorch, script: script).rows())
  }

  /// What is measured, the small before the large.
  private static let allWorks = [
    MeasuredWork(.smallMLP, ratioToReach: 10, stepsPerTurn: 500, rounds: (15, 5)),
    MeasuredWork(.largeMLP, ratioToReach: 1.2, stepsPerTurn: 20, rounds: (15, 5)),
    MeasuredWork(.smallCNN, ratioToReach: 4, stepsPerTurn: 10, rounds: (15, 5)),
    MeasuredWork(.resNet18, ratioToReach: 2, stepsPerTurn: 1, rounds: (7, 2)),
    MeasuredWork(.resNet34, ratioToReach: 2, stepsPerTurn: 1, rounds: (5, 1)),
  ]

  /// Two small runs of one thread each, together and one alone, in turns.
  private static func independentRunsRow(_ effort: Effort, ours: TrainingWorker) throws -> ResultRow {
    let work = TrainingWork.smallCNN
    func contender(_ count: Int) -> Contender {
      Contender("\(count) at once") {
        // From the start every time: momenta that die out would slow later steps down.
        try ours.release()
        let runs = try (0..<count).map { _ in try ours.prepare(work, threads: 1) }
        _ = try ours.steps(5, of: runs)
        return .seconds(try ours.steps(100, of: runs).seconds) / 100
      }
    }
    let measured = try interleaved([contender(1), contender(2)], rounds: effort.rounds(15, quick: 5))
    try ours.release()
    let throughput = 2 * measured[0].ratio(to: measured[1])
    return ResultRow(
      measured[1], work: "two runs of \(work.title), 1 thread each, at the same time: a step of both",
      comparison: "\(decimal(throughput, places: 2)) × one run's throughput",
      goals: [.atLeast(times: 1.9, throughput)])
  }
}

/// PyTorch's worker; nil, and said on standard error, where there is none.
///
/// - Parameters:
///   - python: Python with PyTorch, if there is one.
///   - script: the worker's program.
func pyTorchWorker(python: String?, script: String, say: (String) -> Void = report) -> TrainingWorker? {
  let consequence = "so PyTorch's lines and the ratios are missing"
  guard let python else {
    say("training: \(MeasuredProgram.pyTorch.rawValue) names no Python with PyTorch, \(consequence)")
    return nil
  }
  do {
    return try TrainingWorker(python, pythonArguments(script: script))
  } catch {
    say("training: \(error), \(consequence)")
    return nil
  }
}

/// Without the folder of compiled files beside the script.
func pythonArguments(script: String) -> [String] { ["-B", script] }

/// A work, what it should reach, and how it is measured.
struct MeasuredWork {
  let work: TrainingWork
  /// PyTorch's time over ours.
  let ratioToReach: Double
  /// How many steps one side takes before it is the other's turn.
  let stepsPerTurn: Int
  let rounds: (full: Int, quick: Int)

  init(_ work: TrainingWork, ratioToReach: Double, stepsPerTurn: Int, rounds: (full: Int, quick: Int)) {
    self.work = work
    self.ratioToReach = ratioToReach
    self.stepsPerTurn = stepsPerTurn
    self.rounds = rounds
  }
}
