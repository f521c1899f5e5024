import Comparison
import CurveModel
import ExperimentStore
import Foundation
import StrategyKit
import StrategyRegistry
import Testing

@testable import Evidence

struct SensitivityStudyTests {
  /// Rates a tenth of a decade apart from 1e-4 on.
  private func curve(_ losses: [Double]) throws -> LossCurve {
    try LossCurve(
      learningRates: losses.indices.map { pow(10, -4 + Double($0) / 10) }, rawLosses: losses)
  }

  @Test func `Each change does what its name says`() throws {
    let curve = try curve([8, 4, 3, 2, 1, 1, 1, 1, 1, 1, 2, 400])
    #expect(CurveChange.thinned.applied(to: curve)?.rawLosses == [8, 3, 1, 1, 1, 2])
    #expect(CurveChange.laterStart.applied(to: curve)?.rawLosses == [1, 1, 1, 1, 1, 2, 400])
    #expect(CurveChange.earlierEnd.applied(to: curve)?.rawLosses == [8, 4, 3, 2, 1, 1, 1])
    #expect(CurveChange.averaged.applied(to: curve)?.rawLosses?.prefix(3) == [6, 5, 3])
    // The last loss lifts the average above four times its lowest: it is the last that is recorded.
    let longer = try self.curve([8, 4, 3, 2, 1, 1, 1, 1, 1, 1, 2, 400, 1, 1])
    #expect(CurveChange.stopped.applied(to: longer)?.count == 12)
    #expect(CurveChange.stopped.applied(to: try self.curve([2, 1, 1]))?.count == 3)
  }

  @Test func `A curve without raw losses, or too short, cannot be changed`() throws {
    let smoothed = try LossCurve(learningRates: [1, 2], rawLosses: nil, smoothedLosses: [1, 1])
    #expect(CurveChange.allCases.allSatisfy { $0.applied(to: smoothed) == nil })
    #expect(CurveChange.laterStart.applied(to: try curve([1, 1, 1])) == nil)
  }

  @Test func `Every strategy has a row for every change, and moves little on a smooth curve`() throws {
    let folder = try TemporaryFolder()
    let store = try RunStore.open(folder.path + "/store")
    let text = SampleLines.whole.joined(separator: "\n")
    _ = try OutcomesImport(try OutcomesFile(parsing: Array(text.utf8), name: "lines"), into: store)
    let choices = [
      StrategyChoice(
        try StrategyCatalog.builtIn.strategy(named: "steepest"), settings: [], parameters: ParameterValues(),
        evaluation: .interpolated)
    ]
    let evidence = try StoreEvidence([store], StoreEvidence.Options(strategies: choices))
    let study = try SensitivityStudy(evidence)
    #expect(study.rows.map(\.change) == CurveChange.allCases)
    for row in study.rows {
      #expect(row.shifts.count + row.lost == 2)
      if let shift = row.medianShift { #expect(shift < 1, "\(row.change)") }
    }
  }
}
