import ExperimentStore
import RangeTest

/// Everything a recording needs to know, validated.
struct RecordPlan: Sendable {
  let training: TrainingPlan
  let test: RangeTest
  /// At least one.
  let seeds: [UInt64]
  let validationSamples: Int
  let strategies: [ChosenStrategy]
  let format: RecordFormat
  /// Where to draw, if not in the store.
  let plot: String?
  let store: CurveStore
}
