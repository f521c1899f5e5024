import Glibc
import Measuring
import TrainingWork

/// Measures the steps of one work: ours and PyTorch's, in both layouts, with every number of threads, in turns.
struct StepMeasurer {
  private let work: MeasuredWork
  private let effort: Effort
  private let threads: [Int]
  private let ours: TrainingWorker
  private let pyTorch: TrainingWorker?

  init(
    _ work: MeasuredWork, effort: Effort, threads: [Int], ours: TrainingWorker, pyTorch: TrainingWorker?
  ) {
    self.work = work
    self.effort = effort
    self.threads = threads
    self.ours = ours
    self.pyTorch = pyTorch
  }

  func measure() throws -> MeasuredSteps {
    let entrants = try threads.flatMap { count -> [Entrant] in
      let run = try ours.prepare(work.work, threads: count)
      return [entrant(run, of: ours, side: .ours, threads: count, name: ours.version)]
        + (try pyTorch.map { try pyTorchEntrants(of: $0, threads: count) } ?? [])
    }
    let product = Contender("cblas_sgemm") {
      // What the machine can do, not what it does when disturbed.
      try (0..<2).map { _ in try ours.matrixProduct(side: MatrixProductPeak.side) }.reduce(.seconds(1e3), min)
    }
    let measured = try interleaved(
      entrants.map(\.contender) + [product],
      rounds: effort.rounds(work.rounds.full, quick: work.rounds.quick))
    try ours.release()
    try pyTorch?.release()
    return MeasuredSteps(
      work: work,
      steps: zip(entrants, measured).map { entrant, measurement in
        MeasuredSteps.Entry(
          side: entrant.side, threads: entrant.threads, measurement: measurement, log: entrant.log)
      },
      matrixProduct: measured[measured.count - 1])
  }

  private struct Entrant {
    let side: MeasuredSteps.Side
    let threads: Int
    let contender: Contender
    let log: TurnLog
  }

  /// One for each memory layout, all with the optimizer's implementation that is quickest for the first.
  private func pyTorchEntrants(of worker: TrainingWorker, threads: Int) throws -> [Entrant] {
    var implementation: String?
    return try pyTorchLayouts(of: work.work).map { layout in
      let run = try worker.prepare(
        work.work, layout: layout, threads: threads, implementation: implementation)
      implementation = run.implementation
      return entrant(
        run, of: worker, side: .pyTorch(layout: layout), threads: threads,
        name: "\(worker.version), \(layout), \(run.implementation) optimizer")
    }
  }

  private func entrant(
    _ run: TrainingWorker.PreparedRun, of worker: TrainingWorker, side: MeasuredSteps.Side, threads: Int,
    name: String
  ) -> Entrant {
    let log = TurnLog()
    let steps = work.stepsPerTurn
    let contender = Contender(name) {
      // Threads of the one before may still spin, waiting for work.
      usleep(5000)
      let turn = try worker.steps(steps, of: [run])
      log.note(turn)
      return .seconds(turn.seconds) / steps
    }
    return Entrant(side: side, threads: threads, contender: contender, log: log)
  }
}

/// PyTorch's memory layouts that make a difference.
func pyTorchLayouts(of work: TrainingWork) -> [String] {
  work.input.count == 3 ? ["contiguous", "channels_last"] : ["contiguous"]
}
