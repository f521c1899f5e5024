import Comparison
import DatasetKit
import ModelZoo
import StrategyKit
import StrategyRegistry
import TrainingEngine

/// Small tasks and comparisons for tests.
enum TaskSamples {
  static func task(
    model: String = "mlp-16", optimizer: OptimizerConfiguration = .sgd(), schedule: ScheduleKind = .constant,
    steps: Int = 20
  ) throws -> TaskSpecification {
    TaskSpecification(
      dataset: "digits", dataVersion: "1", model: try ModelSpecification(parsing: model),
      optimizer: optimizer,
      batchSize: 32, loss: .crossEntropy, schedule: SchedulePlan(kind: schedule), steps: steps,
      evaluation: EvaluationPlan(count: 4, samples: 100, averaged: 2))
  }

  static func comparison(
    _ tasks: [TaskSpecification], strategies: [String] = ["min10", "steepest"],
    evaluation: StrategyChoice.Evaluation = .direct
  ) throws -> Comparison {
    Comparison(
      name: "test", tasks: tasks, rangeTests: [RangeTestSettings(iterations: 40)],
      grid: GridSettings(perDecade: 1, range: 1e-2...1),
      seeds: SeedSettings(grid: [0, 1], suggestions: [0], rangeTests: [1000, 1001]),
      strategies: try strategies.map {
        StrategyChoice(
          try StrategyCatalog.builtIn.strategy(named: $0), settings: [], parameters: .init(),
          evaluation: evaluation)
      })
  }
}
