import ArgumentParser
import TrainingEngine

/// How a training computes, as typed.
struct ExecutionOptions: ParsableArguments {
  @Option(help: "The threads that share each step's work; they change no bit of the result.")
  var threads = 1

  @Flag(help: "Compute 3×3 convolutions directly: slower, and exact to the last few bits.")
  var exact = false

  /// - Throws: ``UsageError``.
  func plan() throws -> Execution {
    guard (1...Self.mostThreads).contains(threads) else {
      throw UsageError("--threads \(threads): it must be 1 to \(Self.mostThreads)")
    }
    return Execution(threads: threads, exact: exact)
  }

  /// More would be a slip of the keyboard.
  private static let mostThreads = 1024
}
