import CurveModel
import Comparison
import ExperimentStore
import ModelZoo
import TrainingEngine
import Testing

struct RateKeyTests {
  @Test(arguments: [1e-7, 3e-4, 0.1, 9e-3, 10, 123.4])
  func `A rate and what is trained for it differ by less than 0.012 percent`(rate: Double) {
    let trained = RateKey(rate).learningRate
    #expect(abs(trained / rate - 1) < 1.2e-4)
    #expect(RateKey(trained) == RateKey(rate))
  }
}

struct RunSpecificationTests {
  @Test func `A run has the same identity whenever it is made`() throws {
    let first = RunFactory(try TaskSamples.task()).run(.training(RateKey(0.01)), seed: 3)
    let second = RunFactory(try TaskSamples.task()).run(.training(RateKey(0.010000001)), seed: 3)
    #expect(first.id == second.id && first == second)
  }

  @Test func `Whatever decides a result changes the identity`() throws {
    let task = try TaskSamples.task()
    let runs = [
      RunFactory(task).run(.training(RateKey(0.01)), seed: 3),
      RunFactory(task).run(.training(RateKey(0.01)), seed: 4),
      RunFactory(task).run(.training(RateKey(0.011)), seed: 3),
      RunFactory(task).run(.rangeTest(RangeTestSettings()), seed: 3),
      RunFactory(task).run(.rangeTest(RangeTestSettings(iterations: 50)), seed: 3),
      RunFactory(try TaskSamples.task(model: "mlp-17")).run(.training(RateKey(0.01)), seed: 3),
      RunFactory(try TaskSamples.task(optimizer: .sgd(momentum: 0))).run(.training(RateKey(0.01)), seed: 3),
      RunFactory(try TaskSamples.task(schedule: .cosine)).run(.training(RateKey(0.01)), seed: 3),
      RunFactory(try TaskSamples.task(steps: 21)).run(.training(RateKey(0.01)), seed: 3),
    ]
    #expect(Set(runs.map(\.id)).count == runs.count)
  }

  @Test func `A line of a plan reads back as the run`() throws {
    let tasks = [
      try TaskSamples.task(), try TaskSamples.task(model: "cnn", optimizer: .adamW(), schedule: .oneCycle),
      try TaskSamples.task(optimizer: .selfTuning(SelfTuning(.prodigy, weightDecay: 0.01))),
    ]
    for task in tasks {
      for work in [
        RunSpecification.Work.training(RateKey(3e-4)), .rangeTest(RangeTestSettings(iterations: 50)),
      ] {
        let run = RunFactory(task).run(work, seed: 7)
        #expect(try RunSpecification(planLine: run.planLine) == run)
      }
    }
  }

  @Test func `A plan of an engine with other numbers is refused`() throws {
    let run = RunFactory(try TaskSamples.task()).run(.training(RateKey(0.01)), seed: 3)
    let other = RunFactory(try TaskSamples.task()).run(.training(RateKey(0.02)), seed: 3)
    let line = run.planLine.replacing(run.id.description, with: other.id.description)
    #expect(throws: PlanError.otherEngine(task: run.task.title)) { try RunSpecification(planLine: line) }
  }

  @Test(arguments: ["", "{", "[]", "{}", #"{"id":"x","task":{},"rate":1,"seed":0}"#])
  func `Other lines are no runs`(line: String) {
    #expect(throws: PlanError.self) { try RunSpecification(planLine: line) }
  }
}
