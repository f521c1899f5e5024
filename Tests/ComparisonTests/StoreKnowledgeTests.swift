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

  @Test
  func `The grid that a kept comparison asked for is known again, without rates that were only suggested`()
    throws
  {
    let place = TemporaryStore()
    let task = try TaskSamples.task()
    let asked = try TaskSamples.comparison([task])
    // As a store keeps it, with the data set's own version.
    let comparison = try Comparison(asked.stored)
    let planned = try #require(comparison.tasks.first)
    let session = try WorkerSession(storePath: place.path, folders: TaskSamples.folders, surroundings: [])
    let knowledge = try StoreKnowledge(place.path, comparison.strategies, creates: true)
    try knowledge.keep(comparison)
    let suggested = RateKey(0.0217)
    for key in [RateKey(0.01), RateKey(0.1), RateKey(1), suggested] {
      for seed in comparison.seeds.grid {
        _ = try session.end(of: RunFactory(planned).run(.training(key), seed: seed)) { false }
      }
    }
    let store = try RunStore.openExisting(place.path)
    let kept = try #require(try store.storedComparisons().first)
    #expect(kept == comparison.stored && kept.name == "test")
    let grids = GridRates.all(of: try Comparison(kept), StoreKnowledge(store, []))
    #expect(grids.map(\.task) == [planned])
    let rates = try #require(grids.first?.rates)
    #expect(Set([RateKey(0.01), RateKey(0.1), RateKey(1)]).isSubset(of: rates))
    #expect(!rates.contains(suggested) && rates == rates.sorted())
    // What the outcomes make it grow belongs to it.
    #expect(rates.count > 3)
  }

  @Test func `Runs of another engine, and of other data too, say so`() throws {
    let place = TemporaryStore()
    let task = try TaskSamples.task()
    let comparison = try TaskSamples.comparison([task])
    let needs = try TaskPlanner(task, of: comparison).needs(InventedKnowledge())
    let writer = RecordWriter(store: place.path, at: 1_795_445_101)
    _ = try RunStore.open(place.path)
    for (number, run) in needs.missing.prefix(2).enumerated() {
      let labels = task.labels.map { label in
        number == 1 && label.name == "dataVersion" ? JSONValue.Member(label.name, .string("other")) : label
      }
      let work: JSONValue.Member =
        switch run.work {
        case .rangeTest(let settings): .init("rangeTest", .object(settings.labels))
        case .training(let rate): .init("rate", .number(Double(rate.value)))
        }
      try writer.append(
        RunRecord(
          kind: .outcome, id: RunID([UInt8](repeating: UInt8(number), count: 16)),
          members: [
            .init("task", .object(labels)), work, .init("seed", .number(Double(run.seed))),
            .init("engine", .number(Double(RunSpecification.engineVersion - 1))),
          ], measured: []))
    }
    let knowledge = try StoreKnowledge(place.path, comparison.strategies, creates: false)
    #expect(
      knowledge.reason(toRun: needs, try knowledge.earlierRuns())
        == "1 changed (engine), 1 changed (data, engine), \(needs.missing.count - 2) new")
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
