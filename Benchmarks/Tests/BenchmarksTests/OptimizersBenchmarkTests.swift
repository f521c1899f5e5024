import Testing
import TrainingEngine

@testable import Benchmarks

@Suite("The benchmark of optimizers")
struct OptimizersBenchmarkTests {
  @Test("every optimizer takes steps that move the loss", arguments: OptimizerConfiguration.families)
  func steps(family: String) throws {
    let steps = try OptimizerSteps(family)
    #expect(steps.timed(1) > .zero)
    let first = steps.loss
    #expect(steps.timed(300) > .zero)
    #expect(steps.loss.isFinite && steps.loss != first)
  }
}
