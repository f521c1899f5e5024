internal import Dispatch
internal import Synchronization

/// A fixed number of threads that share loops whose iterations are independent of each other.
///
/// What an iteration computes must not depend on who runs it: then every number of threads gives the same bits.
public struct WorkerTeam: Sendable, Hashable {
  /// How many iterations run at the same time; 1 runs them on the calling thread, in order.
  public let threads: Int

  /// The calling thread alone.
  public static let alone = WorkerTeam(threads: 1)

  /// Describes a team of at least one thread.
  public init(threads: Int) {
    precondition(threads > 0, "a team needs at least one thread")
    self.threads = threads
  }

  /// Calls `body` once for every index of `0..<count` and returns when all calls have.
  ///
  /// - Parameters:
  ///   - count: how many iterations there are.
  ///   - body: gets the index and the number of the worker that calls it, in `0..<threads`; calls of different workers
  ///     overlap in time, so that each has memory of its own.
  public func forEach(_ count: Int, _ body: (_ index: Int, _ worker: Int) -> Void) {
    guard threads > 1, count > 1 else {
      for index in 0..<count { body(index, 0) }
      return
    }
    withoutActuallyEscaping(body) { body in
      // Iterations are independent of each other: that is what callers promise.
      nonisolated(unsafe) let body = body
      let next = Atomic(0)
      // Whoever is free takes the next iteration: a core that others slow down holds up only one.
      DispatchQueue.concurrentPerform(iterations: min(threads, count)) { worker in
        while true {
          let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard index < count else { return }
          body(index, worker)
        }
      }
    }
  }

  /// Calls `body` with stretches that make up `0..<count`, of at most `length`.
  public func forEachStretch(
    of count: Int, length: Int, _ body: (_ stretch: Range<Int>, _ worker: Int) -> Void
  ) {
    forEach((count + length - 1) / length) { index, worker in
      body(index * length..<min((index + 1) * length, count), worker)
    }
  }
}
