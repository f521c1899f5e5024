import Measuring

/// A program that trains and times itself on request: ours or PyTorch's.
public final class TrainingWorker {
  /// The program's own name and version, for example `PyTorch 2.13.0+cpu`.
  public let version: String
  private let process: LineWorker

  /// Starts the program and waits until it says that it is there.
  ///
  /// - Throws: `ProgramError` where it cannot be started or ends at once; ``TrainingWorkerError``.
  public init(_ path: String, _ arguments: [String] = []) throws {
    process = try LineWorker(path, arguments)
    guard case .ready(let version) = try StepAnswer(line: try process.receive()) else {
      throw TrainingWorkerError.unexpected(answer: "no greeting")
    }
    self.version = version
  }

  /// A run that was set up.
  public struct PreparedRun: Sendable {
    /// The run's number.
    public let number: Int
    /// PyTorch's way to run the optimizer; empty from ours.
    public let implementation: String
  }

  /// Sets up a run; the parameters are those of ``StepRequest/prepare(work:layout:threads:implementation:)``.
  public func prepare(
    _ work: TrainingWork, layout: String = "contiguous", threads: Int, implementation: String? = nil
  ) throws -> PreparedRun {
    let answer = try ask(
      .prepare(work: work, layout: layout, threads: threads, implementation: implementation))
    guard case .prepared(let run, let chosen) = answer else { throw unexpected(answer) }
    return PreparedRun(number: run, implementation: chosen)
  }

  /// Takes `count` steps, at least one, of every run at the same time.
  public func steps(_ count: Int, of runs: [PreparedRun]) throws -> Turn {
    let answer = try ask(.steps(runs: runs.map(\.number), count: count))
    guard case .stepped(let seconds, let processorSeconds, let firstLoss, let lastLoss) = answer else {
      throw unexpected(answer)
    }
    return Turn(
      seconds: seconds, processorSeconds: processorSeconds, firstLoss: firstLoss, lastLoss: lastLoss)
  }

  /// Times one product of two square matrices on one thread.
  public func matrixProduct(side: Int) throws -> Duration {
    let answer = try ask(.matrixProduct(side: side))
    guard case .multiplied(let seconds) = answer else { throw unexpected(answer) }
    return .seconds(seconds)
  }

  /// Forgets all runs.
  public func release() throws {
    let answer = try ask(.release)
    guard case .released = answer else { throw unexpected(answer) }
  }

  /// The most bytes the process has had resident.
  public func peakMemory() throws -> Int {
    let answer = try ask(.peakMemory)
    guard case .peakMemory(let bytes) = answer else { throw unexpected(answer) }
    return bytes
  }

  private func ask(_ request: StepRequest) throws -> StepAnswer {
    try process.send(request.line())
    let answer = try StepAnswer(line: try process.receive())
    if case .failed(let reason) = answer { throw TrainingWorkerError.failed(reason: reason) }
    return answer
  }

  private func unexpected(_ answer: StepAnswer) -> TrainingWorkerError {
    .unexpected(answer: String(describing: answer))
  }
}
