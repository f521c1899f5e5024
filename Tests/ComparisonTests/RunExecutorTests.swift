import Synchronization
import Testing

@testable import Comparison

/// Shell scripts take the part of workers: they record nothing, they only answer.
struct RunExecutorTests {
  private final class Incidents: Sendable {
    let reasons = Mutex<[String]>([])
  }

  private func queue(_ policy: QueuePolicy, _ incidents: Incidents) throws -> RunQueue {
    let task = try TaskSamples.task()
    let comparison = try TaskSamples.comparison([task])
    return try RunQueue(
      [TaskPlanner(task, of: comparison)], knowledge: InventedKnowledge(), policy: policy
    ) { event in
      if case .ended(_, .failed(let reason)) = event { incidents.reasons.withLock { $0.append(reason) } }
    }
  }

  private func shell(_ script: String) -> LocalExecutor {
    LocalExecutor(program: "/bin/sh", arguments: ["-c", script], jobs: 1)
  }

  /// Says of every run that it is recorded, but for those of seed 1000, with which `action` is done.
  private func worker(_ action: String) -> String {
    """
    while read -r line; do
      case "$line" in *'"seed":1000}') \(action) ;; esac
      id=${line#*'"id":"'}
      printf '{"id":"%s","end":"recorded"}\\n' "${id%%'"'*}"
    done
    """
  }

  @Test func `A worker that crashes costs one run, which is tried again and then left`() async throws {
    let incidents = Incidents()
    let queue = try queue(QueuePolicy(limit: 8, mostAttempts: 2), incidents)
    try await shell(worker("kill -SEGV $$")).execute(queue)
    let reasons = incidents.reasons.withLock { $0 }
    #expect(reasons.count == 2)
    #expect(reasons.allSatisfy { $0.contains("crashed (signal 11)") })
    #expect(await queue.unresolved.count == 1)
  }

  @Test func `A worker that is killed is said to be, and one that answers something else fails`() async throws
  {
    for (action, words) in [("kill -KILL $$", "signal 9"), ("echo garbage; exit 0", "exit code 0")] {
      let incidents = Incidents()
      let queue = try queue(QueuePolicy(failsFast: true), incidents)
      try await shell(worker(action)).execute(queue)
      let reasons = incidents.reasons.withLock { $0 }
      #expect(reasons.count == 1)
      #expect(try #require(reasons.first).contains(words))
    }
  }

  @Test func `A worker that cannot write ends everything at once with its message`() async throws {
    let incidents = Incidents()
    let queue = try queue(QueuePolicy(), incidents)
    let script = worker("echo 'suggest: cannot write to x: No space left on device' >&2; exit 74")
    await #expect(
      throws: ExecutorError.workerGaveUp(status: 74, message: "cannot write to x: No space left on device")
    ) { try await shell(script).execute(queue) }
    #expect(incidents.reasons.withLock { $0 } == [])
    #expect(await queue.next() == nil)
  }

  @Test func `A program that is not there cannot be started`() async throws {
    let queue = try queue(QueuePolicy(), Incidents())
    await #expect(throws: ExecutorError.self) {
      try await LocalExecutor(program: "/nowhere/suggest", arguments: [], jobs: 2).execute(queue)
    }
  }
}
