import CurveModel
import DatasetKit
import ExperimentStore
import NumericKernels
import RangeTest
import StrategyKit

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

  /// The header of the curve of one seed.
  func header(seed: UInt64, parameterCount: Int) -> CurveHeader {
    CurveHeader(
      task: training.labels(parameterCount: parameterCount), schedule: test.schedule, seed: seed,
      versions: [
        .init("suggest", .string(SuggestProgram.version)),
        .init("openblas", .string(BLAS.configuration.description)),
      ])
  }
}
