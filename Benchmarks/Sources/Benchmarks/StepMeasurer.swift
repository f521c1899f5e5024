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
    let entrants = try threads.flatMap { count in
      [try entrant(of: ours, side: .ours, threads: count, name: ours.version)]
        + (try pyTorch.map { try pyTorchEntrants(of: $0, threads: count) } ?? [])
    }
    let product = Contender("cblas_sgemm") { try ours.matrixProduct(side: MatrixProductPeak.side) }
    let measured = try interleaved(
      entrants.map(\.contender) + [product],
      rounds: effort.rounds(work.rounds.full, quick: work.rounds.quick))
    try ours.release()
    try pyTorch?.release()
    return MeasuredSteps(
      work: work,
      steps: zip(entrants, measured).map { entrant, measurement in
        MeasuredSteps.Entry(
          side: entrant.side, threads: entrant.threads, measurement: measurement, loss: entrant.losses.text)
      },
      matrixProduct: measured[measured.count - 1])
  }

  private struct Entrant {
    let side: MeasuredSteps.Side
    let threads: Int
    let contender: Contender
    let losses: Losses
  }

  /// One for each memory layout; flat samples have none to choose.
  private func pyTorchEntrants(of worker: TrainingWorker, threads: Int) throws -> [Entrant] {
    try pyTorchLayouts(of: work.work).map { layout in
      try entrant(of: worker, side: .pyTorch(layout: layout), threads: threads, name: worker.version)
    }
  }

  private func entrant(
    of worker: TrainingWorker, side: MeasuredSteps.Side, threads: Int, name: String
  ) throws -> Entrant {
    let run = try worker.prepare(work.work, layout: side.layout ?? "", threads: threads)
    let losses = Losses()
    let steps = work.stepsPerTurn
    let details = [name, side.layout, run.implementation.isEmpty ? nil : "\(run.implementation) optimizer"]
    let contender = Contender(details.compactMap(\.self).joined(separator: ", ")) {
      // Threads of the one before may still spin, waiting for work.
      usleep(5000)
      let turn = try worker.steps(steps, of: [run])
      losses.note(turn)
      return .seconds(turn.seconds) / steps
    }
    return Entrant(side: side, threads: threads, contender: contender, losses: losses)
  }
}

/// PyTorch's memory layouts that make a difference.
func pyTorchLayouts(of work: TrainingWork) -> [String] {
  work.input.count == 3 ? ["contiguous", "channels_last"] : ["contiguous"]
}

/// A run's first and latest loss, to see that it trains.
final class Losses {
  private var turns: (first: Turn, last: Turn)?

  func note(_ turn: Turn) {
    turns = (turns?.first ?? turn, turn)
  }

  /// `loss 2.31 → 1.02`, and loudly where it does not fall.
  var text: String {
    guard let turns, let first = turns.first.firstLoss, let last = turns.last.lastLoss else {
      return "the loss is NOT FINITE"
    }
    let change = "\(decimal(first, places: 3)) → \(decimal(last, places: 3))"
    return last < first ? "loss \(change)" : "the loss does NOT FALL: \(change)"
  }
}
