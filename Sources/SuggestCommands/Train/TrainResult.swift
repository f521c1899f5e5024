import CurveModel
import Reporting
import TrainingEngine

/// What a training gave: how far it came, and how the network did on the way.
struct TrainResult: Sendable {
  /// A look at the network between two steps.
  struct Row: Sendable {
    /// How many steps had been taken.
    let step: Int
    /// How often the training samples had been visited.
    let epoch: Double
    /// The rate of the latest step; nil before the first.
    let learningRate: Double?
    /// The mean loss of the batches since the row before; nil before the first step.
    let trainingLoss: Double?
    /// How the network did on all held-out samples.
    let validation: Evaluation
  }

  /// A step as it was taken.
  struct Step: Sendable {
    /// Its number, from 1.
    let number: Int
    /// How often the training samples had been visited after it.
    let epoch: Double
    /// Its rate, before any group's factor.
    let learningRate: Double
    /// The loss of its batches, before its update.
    let loss: Double
  }

  /// Every step, also one whose loss is no number.
  var history: [Step] = []
  /// The parts of the training that have names; empty where it has one only.
  var phases: [LearningCurve.Phase] = []
  /// Before the first step, and then again and again.
  var rows: [Row] = []
  var end = TrainingLoop.End.interrupted
  /// How many steps were taken, with that of a loss that was no number.
  var steps = 0
  /// The rate of the latest step.
  var learningRate: Double?
  /// What the optimizer found in the latest step to multiply the rate by; nil where it finds nothing.
  var estimatedLearningRate: Double?

  /// The network after the last step; nil where the training did not come to its end.
  var final: Evaluation? {
    guard end == .finished, let last = rows.last, last.step == steps else { return nil }
    return last.validation
  }
}

/// The lines that show a training while it runs.
enum TrainTable {
  private static let columns = [
    ("epoch", 6), ("step", 8), ("rate", 10), ("training loss", 15), ("validation loss", 17),
    ("error", 10),
  ]

  static let heading = line(columns.map(\.0))

  static func line(_ row: TrainResult.Row) -> String {
    line([
      epochs(row.epoch), "\(row.step)", row.learningRate?.text(digits: 3) ?? "",
      row.trainingLoss?.text(digits: 4) ?? "", row.validation.loss.text(digits: 4),
      row.validation.errorRate.map(percent) ?? "",
    ])
  }

  /// A whole number where it is one.
  static func epochs(_ count: Double) -> String {
    NumberText.fixed(count, fractionDigits: count == count.rounded() ? 0 : 2)
  }

  static func percent(_ share: Double) -> String { NumberText.fixed(100 * share, fractionDigits: 2) + " %" }

  private static func line(_ cells: [String]) -> String {
    zip(columns, cells).map { column, cell in
      String(repeating: " ", count: max(column.1 - cell.count, 1)) + cell
    }.joined() + "\n"
  }
}
