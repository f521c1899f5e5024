import Testing
import TrainingEngine

@testable import Benchmarks

@Suite("The benchmark of optimizers")
struct OptimizersBenchmarkTests {
  @Test("every optimizer takes steps that move the loss", arguments: OptimizerConfiguration.families)
  func steps(family: String) throws {
    let steps = try OptimizerSteps(family)
    let first = try steps.timed(1).loss
    let last = try steps.timed(300).loss
    #expect(last.isFinite && last != first)
    #expect(try steps.timed(300).loss == last, "every training begins anew")
  }
}
