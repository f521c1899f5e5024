import CurveModel
import ExperimentStore
import Testing
import TrainingEngine

@testable import Comparison

/// Knowledge that a test makes up.
final class InventedKnowledge: RunKnowledge, RefreshableKnowledge {
  var outcomes: [RunID: GridOutcome.Seed] = [:]
  var suggested: [RunID: [RateKey?]] = [:]
  /// What training gives at a rate.
  let loss: (Double) -> Double
  let suggestion: (RunSpecification) -> [RateKey?]

  init(
    loss: @escaping (Double) -> Double = { abs($0 - 0.1) + 0.1 },
    suggestion: @escaping (RunSpecification) -> [RateKey?] = { _ in [RateKey(0.05), nil] }
  ) {
    self.loss = loss
    self.suggestion = suggestion
  }

  func outcome(of id: RunID) -> GridOutcome.Seed? { outcomes[id] }
  func suggestions(for run: RunSpecification) -> [RateKey?]? { suggested[run.id] }
  func refresh() {}

  func carryOut(_ run: RunSpecification) {
    switch run.work {
    case .rangeTest: suggested[run.id] = suggestion(run)
    case .training(let key):
      outcomes[run.id] = .init(loss: loss(key.learningRate), untrainedLoss: 1)
    }
  }
}

struct TaskPlannerTests {
  @Test func `Range tests and the grid come first, suggested rates once all range tests are done`() throws {
    let task = try TaskSamples.task()
    let planner = TaskPlanner(task, of: try TaskSamples.comparison([task]))
    let knowledge = InventedKnowledge()
    let first = try planner.needs(knowledge)
    #expect(first.rangeTests == 2 && first.gridTrainings == 6 && first.suggestedTrainings == 0)
    #expect(first.missing.count == 8 && first.mayGrow)
    for run in first.missing {
      if case .rangeTest = run.work { knowledge.carryOut(run) }
    }
    let second = try planner.needs(knowledge)
    // One rate, suggested twice, with the one seed for suggestions.
    #expect(second.suggestedTrainings == 1 && second.done == 2 && second.missing.count == 7)
  }

  @Test func `A task ends, and then needs nothing`() throws {
    let task = try TaskSamples.task()
    let planner = TaskPlanner(task, of: try TaskSamples.comparison([task]))
    let knowledge = InventedKnowledge()
    var rounds = 0
    while case let needs = try planner.needs(knowledge), !needs.isComplete {
      #expect(!needs.missing.isEmpty, "a task that may grow has something to wait for")
      needs.missing.forEach(knowledge.carryOut)
      rounds += 1
      try #require(rounds < 30)
    }
    #expect(try planner.needs(knowledge).missing.isEmpty)
  }

  @Test func `What a task needs in the end does not depend on the order of its runs`() throws {
    let task = try TaskSamples.task()
    let planner = TaskPlanner(task, of: try TaskSamples.comparison([task]))
    func done(_ pick: ([RunSpecification]) -> RunSpecification) throws -> Set<RunID> {
      let knowledge = InventedKnowledge()
      while case let needs = try planner.needs(knowledge), !needs.isComplete {
        knowledge.carryOut(pick(needs.missing))
      }
      return Set(knowledge.outcomes.keys).union(knowledge.suggested.keys)
    }
    let forward = try done { $0[0] }
    #expect(try done { $0[$0.count - 1] } == forward)
    #expect(try done { $0[$0.count / 2] } == forward)
  }

  @Test func `An interpolated suggestion is trained beside the cliff only`() throws {
    let task = try TaskSamples.task()
    let rates = [0.05, 4.0]
    for (rate, trained) in zip(rates, [0, 1]) {
      let comparison = try TaskSamples.comparison([task], strategies: ["min10"], evaluation: .interpolated)
      let planner = TaskPlanner(task, of: comparison)
      let knowledge = InventedKnowledge(
        loss: { $0 > 5 ? .nan : abs($0 - 0.1) / 10 + 0.1 }, suggestion: { _ in [RateKey(rate)] })
      while case let needs = try planner.needs(knowledge), !needs.isComplete {
        needs.missing.forEach(knowledge.carryOut)
      }
      #expect(try planner.needs(knowledge).suggestedTrainings == trained)
    }
  }

  @Test func `A strategy more asks for nothing but its own rates`() throws {
    let task = try TaskSamples.task()
    let knowledge = InventedKnowledge(suggestion: { _ in [RateKey(0.05), RateKey(0.07)] })
    let one = TaskPlanner(task, of: try TaskSamples.comparison([task], strategies: ["min10"]))
    while case let needs = try one.needs(knowledge), !needs.isComplete {
      needs.missing.forEach(knowledge.carryOut)
    }
    let two = TaskPlanner(task, of: try TaskSamples.comparison([task], strategies: ["min10", "steepest"]))
    let needs = try two.needs(knowledge)
    #expect(needs.missing.map(\.work) == [.training(RateKey(0.07))])
  }
}
