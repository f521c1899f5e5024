import CurveModel
import DatasetKit
import ExperimentStore
import Foundation
import Testing

@testable import Comparison

struct StoreKnowledgeTests {
  @Test func `A store that is not there counts as empty and is not created`() throws {
    let place = TemporaryStore()
    let task = try TaskSamples.task()
    let comparison = try TaskSamples.comparison([task])
    let knowledge = try StoreKnowledge(place.path, comparison.strategies, creates: false)
    let run = RunFactory(task).run(.training(RateKey(0.1)), seed: 0)
    #expect(knowledge.outcome(of: run.id) == nil)
    #expect(!FileManager.default.fileExists(atPath: place.path))
    let needs = try TaskPlanner(task, of: comparison).needs(knowledge)
    #expect(knowledge.reason(toRun: needs) == "\(needs.missing.count) new")
  }

  @Test func `What workers record is known after a refresh, with suggestions for range tests`() throws {
    let place = TemporaryStore()
    let task = try TaskSamples.task()
    let comparison = try TaskSamples.comparison([task])
    let knowledge = try StoreKnowledge(place.path, comparison.strategies, creates: true)
    let session = try WorkerSession(storePath: place.path, folders: TaskSamples.folders, surroundings: [])
    let training = RunFactory(task).run(.training(RateKey(0.1)), seed: 0)
    let test = RunFactory(task).run(.rangeTest(comparison.rangeTests[0]), seed: 1000)
    #expect(try knowledge.suggestions(for: test) == nil)
    for run in [training, test] { _ = try session.end(of: run) { false } }
    try knowledge.refresh()
    #expect(try #require(knowledge.outcome(of: training.id)).loss.isFinite)
    let suggestions = try #require(try knowledge.suggestions(for: test))
    #expect(suggestions.count == comparison.strategies.count)
    // Remembered or computed, in this process or the next, the answers are the same.
    let again = try StoreKnowledge(place.path, comparison.strategies, creates: false)
    #expect(try again.suggestions(for: test) == suggestions)
  }

  @Test func `Runs that the store has from other data are to be done because the data changed`() throws {
    let place = TemporaryStore()
    let task = try TaskSamples.task()
    let changed = TaskSpecification(
      dataset: task.dataset, dataVersion: "another", model: task.model, optimizer: task.optimizer,
      batchSize: task.batchSize, loss: task.loss, schedule: task.schedule, steps: task.steps,
      evaluation: task.evaluation)
    let session = try WorkerSession(storePath: place.path, folders: TaskSamples.folders, surroundings: [])
    let comparison = try TaskSamples.comparison([changed])
    let seed = try #require(comparison.seeds.grid.first)
    let rate = try #require(
      TaskPlanner(changed, of: comparison).needs(InventedKnowledge()).missing.compactMap { run in
        if case .training(let rate) = run.work { rate } else { nil }
      }.first)
    for (work, seed) in [
      (RunSpecification.Work.rangeTest(comparison.rangeTests[0]), 1000), (.training(rate), seed),
    ] {
      #expect(try session.end(of: RunFactory(task).run(work, seed: seed)) { false } == .recorded)
    }
    let knowledge = try StoreKnowledge(place.path, comparison.strategies, creates: false)
    let needs = try TaskPlanner(changed, of: comparison).needs(knowledge)
    let earlier = try knowledge.earlierRuns()
    #expect(knowledge.runCount == 2)
    #expect(
      knowledge.reason(toRun: needs, earlier) == "2 changed (data), \(needs.missing.count - 2) new")
  }
}
