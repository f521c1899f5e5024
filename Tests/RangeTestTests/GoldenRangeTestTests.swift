import CurveModel
import DatasetKit
import Foundation
import TestSupport
import Testing
import TrainingEngine

@testable import RangeTest

@Suite struct GoldenRangeTestTests {
  @Test(
    "with fastai's initial network, batches and schedule, our range test follows its losses",
    arguments: GoldenRangeTest.files)
  func followsFastai(_ url: URL) throws {
    let recorded = try GoldenRangeTest(url)
    let folders = DataFolders(paths: [GoldenFolders.repositoryRoot.appendingPathComponent("datasets").path])
    let batches = RecordedBatches(samples: try Digits.samples(from: folders), rows: recorded.batches)
    var steps: [CurveStep] = []
    let test = RangeTest(schedule: try recorded.schedule(), stopRule: .never)
    _ = try test.run(recorded.trainer(), batches: batches) { steps.append($0) }
    let comparable = recorded.comparableSteps
    try #require(comparable >= 10 && steps.count >= comparable)
    var worstRate = 0.0
    var worstLoss = 0.0
    for step in 0..<comparable {
      // The recorded rates are 32-bit floats.
      worstRate = max(worstRate, abs(steps[step].learningRate / recorded.learningRates[step] - 1))
      worstLoss = max(worstLoss, abs(steps[step].loss - recorded.losses[step]) / recorded.losses[step])
    }
    #expect(worstRate < 1e-6)
    #expect(worstLoss < 1e-3)
  }
}

/// The batches of a recording, in its order.
private struct RecordedBatches: BatchSource {
  let samples: Samples
  let rows: [[Int]]
  var step = 0

  mutating func next(into batch: inout Batch) {
    samples.fill(&batch, with: rows[step])
    step += 1
  }
}
