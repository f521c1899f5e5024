import Testing
import TrainingEngine

@testable import Benchmarks

@Suite("The benchmark of optimizers")
struct OptimizersBenchmarkTests {
  @Test("every optimizer takes steps that move the loss", arguments: OptimizerConfiguration.families)
  func steps(family: String) throws {
    let steps = try OptimizerSteps(family)
    _ = steps.timed(1)
    let first = steps.loss
    _ = steps.timed(300)
    #expect(steps.loss.isFinite && steps.loss != first)
  }
}
