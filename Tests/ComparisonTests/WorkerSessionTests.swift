import CurveModel
import DatasetKit
import ExperimentStore
import Testing

@testable import Comparison

struct WorkerSessionTests {
  private func run(seed: UInt64 = 0) throws -> RunSpecification {
    RunFactory(try TaskSamples.task()).run(.training(RateKey(0.1)), seed: seed)
  }

  @Test func `A run is recorded once, also by another session`() throws {
    let place = TemporaryStore()
    let run = try run()
    let first = try WorkerSession(storePath: place.path, folders: TaskSamples.folders, surroundings: [])
    #expect(try first.end(of: run) { false } == .recorded)
    #expect(try first.end(of: run) { false } == .alreadyKnown)
    let second = try WorkerSession(storePath: place.path, folders: TaskSamples.folders, surroundings: [])
    #expect(try second.end(of: run) { false } == .alreadyKnown)
    #expect(try RunStore.openExisting(place.path).summaries.count == 1)
  }

  @Test func `A run that somebody has claimed is busy, and free once the claim is released`() throws {
    let place = TemporaryStore()
    let run = try run()
    let session = try WorkerSession(storePath: place.path, folders: TaskSamples.folders, surroundings: [])
    let claim = try #require(try RunClaims(store: place.path).claim(run.id))
    #expect(try session.end(of: run) { false } == .busy)
    claim.release()
    #expect(try session.end(of: run) { false } == .recorded)
  }

  @Test func `A run that is abandoned leaves no record and no claim`() throws {
    let place = TemporaryStore()
    let run = try run()
    let session = try WorkerSession(storePath: place.path, folders: TaskSamples.folders, surroundings: [])
    #expect(try session.end(of: run) { true } == .abandoned)
    #expect(try RunStore.openExisting(place.path).summaries.isEmpty)
    #expect(try session.end(of: run) { false } == .recorded)
  }

  @Test func `Missing data end the session, not the run alone`() throws {
    let place = TemporaryStore()
    let run = try run()
    let session = try WorkerSession(
      storePath: place.path, folders: DataFolders(paths: [place.path]), surroundings: [])
    #expect(throws: DatasetError.self) { try session.end(of: run) { false } }
  }
}
