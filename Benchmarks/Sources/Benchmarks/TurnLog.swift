import Measuring
import TrainingWork

/// The turns of one side, to see that it trains and how long processors were busy.
final class TurnLog {
  private var turns: [Turn] = []

  func note(_ turn: Turn) { turns.append(turn) }

  /// The processor time of each turn, after the first one that is for warming up.
  var processorTimes: Measurement {
    Measurement(
      name: "processor time", durations: turns.dropFirst().map { .seconds($0.processorSeconds) })
  }

  /// `loss 2.31 → 1.02`, and loudly where it does not fall.
  var losses: String {
    guard let first = turns.first?.firstLoss, let last = turns.last?.lastLoss else {
      return "the loss is NOT FINITE"
    }
    let change = "\(decimal(first, places: 3)) → \(decimal(last, places: 3))"
    return last < first ? "loss \(change)" : "the loss does NOT FALL: \(change)"
  }
}
