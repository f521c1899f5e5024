import ArgumentParser
import ExperimentStore
import RangeTest
import TrainingEngine

/// Everything a training needs to know, validated.
struct TrainPlan: Sendable {
  /// Where the learning rate comes from.
  enum Rate: Sendable {
    case value(Double)
    /// A strategy's suggestion for the range test of the same task and seed.
    case suggested(by: ChosenStrategy)
    /// What a strategy has said about a range test that was there.
    case decided(LearningRate)
  }

  /// How long to train.
  enum Length: Equatable, Sendable {
    case steps(Int)
    case epochs(Int)

    /// The number of steps where so many batches visit the training samples once; 0 where an epoch fills no step.
    func steps(batchesPerEpoch: Int, batchesPerStep: Int) -> Int {
      switch self {
      case .steps(let steps): steps
      case .epochs(let epochs): epochs * batchesPerEpoch / batchesPerStep
      }
    }
  }

  let training: TrainingPlan
  var rate: Rate
  let course: TrainingCourse
  let length: Length
  /// The steps from one evaluation to the next; nil evaluates after every epoch.
  let evaluateEvery: Int?
  let seed: UInt64
  /// Where to write the weights.
  let save: String?
  let format: TrainFormat
  /// Where the range test is recorded.
  let test: RangeTest
  let store: CurveStore
  /// What is written about the training beside its weights.
  var results = ResultPlan.nothing

  /// The number of steps, at least 1, where so many batches visit the training samples once.
  ///
  /// - Throws: ``UsageError`` where the epochs hold no whole step.
  func steps(batchesPerEpoch: Int) throws -> Int {
    let steps = length.steps(batchesPerEpoch: batchesPerEpoch, batchesPerStep: training.batchesPerStep)
    if case .epochs(let epochs) = length, steps == 0 {
      throw UsageError(
        "--accumulate \(training.batchesPerStep): \(epochs) epochs have \(epochs * batchesPerEpoch) batches, fewer than "
          + "one step: accumulate fewer, or say --steps")
    }
    return steps
  }
}

/// The forms in which `train` prints.
enum TrainFormat: String, ExpressibleByArgument, CaseIterable, Sendable { case text, json }
