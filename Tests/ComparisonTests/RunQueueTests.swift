import ExperimentStore
import Synchronization
import Testing

@testable import Comparison

struct RunQueueTests {
  private func queue(
    tasks: Int = 2, _ policy: QueuePolicy = QueuePolicy(),
    knowledge: sending InventedKnowledge = InventedKnowledge()
  ) throws -> RunQueue {
    let tasks = try (0..<tasks).map { try TaskSamples.task(steps: 20 + $0) }
    let comparison = try TaskSamples.comparison(tasks)
    return try RunQueue(
      tasks.map { TaskPlanner($0, of: comparison) }, knowledge: knowledge, policy: policy, report: { _ in })
  }

  @Test func `A limit ends the queue after so many runs`() async throws {
    let queue = try queue(QueuePolicy(limit: 3))
    for _ in 0..<3 {
      let run = try #require(await queue.next())
      await queue.end(run, .recorded)
    }
    #expect(await queue.next() == nil)
  }

  @Test func `A limit waits for runs that somebody else is doing`() async throws {
    let queue = try queue(QueuePolicy(limit: 2))
    let first = try #require(await queue.next())
    let second = try #require(await queue.next())
    await queue.end(first, .recorded)
    await queue.end(second, .busy)
    // The second comes back undone, so there is room for it again.
    let third = try #require(await queue.next())
    await queue.end(third, .recorded)
    #expect(await queue.next() == nil)
  }

  @Test func `A run that is reported as done but not recorded fails after its attempts`() async throws {
    // The invented knowledge never learns of what was done.
    let queue = try queue(tasks: 1, QueuePolicy(mostAttempts: 2))
    var handedOut: [RunID: Int] = [:]
    while let run = await queue.next(), handedOut[run.id, default: 0] < 5 {
      handedOut[run.id, default: 0] += 1
      await queue.end(run, .recorded)
    }
    #expect(handedOut.values.allSatisfy { $0 == 2 })
    #expect(await queue.unresolved.count == handedOut.count)
  }

  @Test func `A run that vanished does not count against the limit`() async throws {
    let queue = try queue(tasks: 1, QueuePolicy(limit: 9, mostAttempts: 2))
    // The task has eight runs at first; none of them is in the invented store.
    for _ in 0..<8 {
      let run = try #require(await queue.next())
      await queue.end(run, .recorded)
    }
    for _ in 0..<8 { #expect(await queue.next() != nil) }
  }

  @Test func `A run that fails is tried again, and then left unresolved`() async throws {
    let queue = try queue(tasks: 1, QueuePolicy(mostAttempts: 2))
    var failed: [RunSpecification] = []
    var ended = 0
    while let run = await queue.next(), ended < 100 {
      ended += 1
      if run.seed == 1000 {
        failed.append(run)
        await queue.end(run, .failed(reason: "a test"))
      } else {
        await queue.end(run, .recorded)
      }
    }
    #expect(failed.count == 2 && Set(failed.map(\.id)).count == 1)
    #expect(await queue.unresolved == [failed[0].id])
  }

  @Test func `Failing fast ends at the first failure`() async throws {
    let queue = try queue(QueuePolicy(failsFast: true))
    let run = try #require(await queue.next())
    await queue.end(run, .failed(reason: "a test"))
    #expect(await queue.next() == nil)
    #expect(await queue.unresolved == [run.id])
  }

  @Test func `Whoever waits is woken when the queue stops`() async throws {
    let queue = try queue(tasks: 1)
    // Everything is handed out, so that the next one waits.
    var runs: [RunSpecification] = []
    for _ in 0..<8 { runs.append(try #require(await queue.next())) }
    async let waiting = queue.next()
    try await Task.sleep(for: .milliseconds(20))
    await queue.stop()
    #expect(await waiting == nil)
  }

  @Test func `A run that somebody else is doing comes again`() async throws {
    let queue = try queue(tasks: 1)
    var runs: [RunSpecification] = []
    for _ in 0..<8 { runs.append(try #require(await queue.next())) }
    await queue.end(runs[3], .busy)
    let again = try #require(await queue.next())
    #expect(again == runs[3])
  }
}
