/// Whoever carries out the runs of a queue: processes on this machine today, a cluster's job arrays tomorrow.
///
/// An executor takes runs with ``RunQueue/next()`` and gives each back with ``RunQueue/end(_:_:)``; a run counts as done
/// once its record is in the store, whoever wrote it there.
public protocol RunExecutor: Sendable {
  /// Carries out runs until the queue has none.
  ///
  /// - Throws: where going on makes no sense: no worker starts, or the store cannot be written.
  func execute(_ queue: RunQueue) async throws
}

/// Why runs cannot be carried out.
public enum ExecutorError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The worker's program does not start.
  case cannotStart(program: String, reason: String)
  /// The worker cannot go on, and no other could: with its exit code and last words.
  case workerGaveUp(status: Int32, message: String)

  /// One sentence: what is wrong and what to do.
  public var description: String {
    switch self {
    case .cannotStart(let program, let reason): "cannot start the worker \(program): \(reason)"
    case .workerGaveUp(_, let message): message
    }
  }
}
