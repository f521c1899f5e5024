import FoundationEssentials

/// What a worker can be asked, as one line of JSON such as `{"steps":{"runs":[0],"count":5}}`.
public enum StepRequest: LineMessage, Equatable {
  /// Sets up a run; runs are numbered from 0 in this order.
  ///
  /// `layout` is PyTorch's memory layout, `contiguous` or `channels_last`; `implementation` is PyTorch's way to run the
  /// optimizer, `for-loop`, `foreach` or `fused`, tried out where there is none. Neither is read by ours.
  case prepare(work: TrainingWork, layout: String, threads: Int, implementation: String?)
  /// Takes `count` steps, at least one, of every listed run at the same time; PyTorch's worker takes only one run.
  case steps(runs: [Int], count: Int)
  /// Times one product of two square matrices by `cblas_sgemm` on one thread; only ours answers.
  case matrixProduct(side: Int)
  /// Forgets all runs; the next one is number 0 again.
  case release
  /// Asks for the most memory the process has had resident.
  case peakMemory
}

/// What a worker answers, as one line of JSON; the first comes without a question and says who is there.
public enum StepAnswer: LineMessage, Equatable {
  /// The worker is there; `version` names the program.
  case ready(version: String)
  /// A run is set up; `implementation` is the one it uses, empty from ours.
  case prepared(run: Int, implementation: String)
  /// Steps are done; a loss that is not finite is absent.
  case stepped(seconds: Double, processorSeconds: Double, firstLoss: Double?, lastLoss: Double?)
  /// A product is done.
  case multiplied(seconds: Double)
  /// All runs are forgotten.
  case released
  /// The peak of the resident memory.
  case peakMemory(bytes: Int)
  /// The request could not be done.
  case failed(reason: String)
}

/// Something that is sent as one line of JSON.
public protocol LineMessage: Codable, Sendable {}

extension LineMessage {
  /// The message as one line of JSON, without a line end.
  public func line() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// Reads a message from one line of JSON.
  ///
  /// - Throws: ``TrainingWorkerError/notUnderstood(line:)``.
  public init(line: String) throws(TrainingWorkerError) {
    do {
      self = try JSONDecoder().decode(Self.self, from: Data(line.utf8))
    } catch {
      throw .notUnderstood(line: line)
    }
  }
}

/// Why a worker is of no use.
public enum TrainingWorkerError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A line is no message.
  case notUnderstood(line: String)
  /// The worker answered something else than it was asked.
  case unexpected(answer: String)
  /// The worker says why it could not do what it was asked.
  case failed(reason: String)

  /// One sentence: what is wrong.
  public var description: String {
    switch self {
    case .notUnderstood(let line): "a training worker's line is no message of the benchmark: \(line)"
    case .unexpected(let answer): "a training worker answered something else than it was asked: \(answer)"
    case .failed(let reason): "a training worker failed: \(reason)"
    }
  }
}
