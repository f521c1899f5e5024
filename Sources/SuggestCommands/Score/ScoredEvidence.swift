import CurveModel
import Evidence
import Scoring

/// Scores, with everything they were made of.
struct ScoredEvidence: Sendable {
  /// The folders that were read.
  let stores: [String]
  /// How it was scored.
  let settings: ScorerSettings
  /// Everything that was read.
  let evidence: StoreEvidence
  /// The scores; its tables hold what was left after checking.
  let sheet: ScoreSheet

  /// The curve of each range test of the sheet's tables.
  var curves: [LossCurve] {
    var found: [RangeTestPlace: LossCurve] = [:]
    for (row, curve) in zip(evidence.tables.rangeTests, evidence.curves) {
      found[RangeTestPlace(row)] = curve
    }
    return sheet.tables.rangeTests.compactMap { found[RangeTestPlace($0)] }
  }

  /// What tells one range test from another.
  private struct RangeTestPlace: Hashable {
    var task: Int
    var seed: UInt64
    var setting: String

    init(_ row: RangeTestRow) { (task, seed, setting) = (row.task, row.seed, row.setting) }
  }
}
