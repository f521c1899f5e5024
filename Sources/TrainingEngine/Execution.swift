/// How a training run computes: never what it computes, but for the last bits where `exact` differs.
public struct Execution: Sendable, Hashable {
  /// The threads that share each step's work; the results are the same bits for every number of threads.
  public let threads: Int
  /// Whether 3×3 convolutions are computed directly instead of by Winograd's algorithm, which is two to three times as
  /// fast and rounds three to seven times as coarsely.
  public let exact: Bool

  /// Chooses the threads, at least one, and the kernels.
  public init(threads: Int = 1, exact: Bool = false) {
    precondition(threads > 0, "a run needs at least one thread")
    self.threads = threads
    self.exact = exact
  }
}
