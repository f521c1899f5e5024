import DatasetKit
import Foundation
import TestSupport
import Testing
import TrainingEngine

@Suite("Range tests against fastai and PyTorch")
struct GoldenRangeTests {
  @Test("there are recorded range tests")
  func complete() {
    #expect(GoldenRangeTest.files.count >= 2)
  }

  @Test("raw losses follow the recorded ones", arguments: GoldenRangeTest.files)
  func losses(_ url: URL) throws {
    let recorded = try GoldenRangeTest(url)
    let digits = try Digits.samples(
      from: DataFolders(paths: [GoldenFolders.repositoryRoot.appendingPathComponent("datasets").path]))
    let trainer = try recorded.trainer()
    #expect(
      recorded.tensors("init").count == recorded.network.parameters.count + recorded.network.buffers.count)
    var batch = Batch(capacity: trainer.batchSize, inputCount: digits.shape.count)
    let comparable = recorded.comparableSteps
    #expect(comparable >= 10)
    var errors: [Double] = []
    for (step, rows) in recorded.batches.enumerated() {
      digits.fill(&batch, with: rows)
      let report = trainer.step(batch, learningRates: [recorded.learningRates[step]])
      errors.append(abs(report.loss - recorded.losses[step]) / recorded.losses[step])
    }
    let worst = errors.prefix(comparable).map { $0.isNaN ? .infinity : $0 }.max()
    #expect((worst ?? .infinity) < 1e-3)
    // Beyond that a blow-up magnifies rounding. Where the losses still agree at its end, so must the tensors.
    guard errors.allSatisfy({ $0 < 0.01 }) else { return }
    for (name, values) in recorded.tensors("final") where !recorded.isUndetermined(name) {
      let actual =
        recorded.isBuffer(name) ? try trainer.buffer(named: name) : try trainer.parameter(named: name)
      #expect(relativeDistance(actual, values) < 0.05, "final.\(name)")
    }
  }
}
