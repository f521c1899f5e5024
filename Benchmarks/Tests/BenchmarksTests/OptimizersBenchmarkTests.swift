import Testing
import TrainingEngine

@testable import Benchmarks

@Suite("The benchmark of optimizers")
struct OptimizersBenchmarkTests {
  @Test(
    "every optimizer takes finite steps, the same in every turn", arguments: OptimizerConfiguration.families)
  func steps(family: String) throws {
    let steps = try OptimizerSteps(family)
    let last = try steps.timed(300).loss
    #expect(last.isFinite)
    #expect(try steps.timed(300).loss == last)
  }

  @Test("steps train", arguments: ["sgd", "adam", "schedule-free-adamw"])
  func learns(family: String) throws {
    let steps = try OptimizerSteps(family)
    #expect(try steps.timed(300).loss < steps.timed(1).loss)
  }
}
