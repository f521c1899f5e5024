internal import Subprocess
internal import SystemPackage

/// Carries out runs in worker processes of this program on this machine, one thread each.
///
/// A worker that dies takes one run with it; another one starts in its place.
public struct LocalExecutor: RunExecutor {
  private let program: String
  private let arguments: [String]
  private let jobs: Int

  /// Describes workers.
  ///
  /// - Parameters:
  ///   - program: the file of a program that takes plan lines on standard input and gives a ``WorkerReply`` for each.
  ///   - arguments: its arguments.
  ///   - jobs: how many work at a time; at least 1.
  public init(program: String, arguments: [String], jobs: Int) {
    precondition(jobs > 0, "somebody has to work")
    self.program = program
    self.arguments = arguments
    self.jobs = jobs
  }

  /// Carries out runs until the queue has none; ends early where no worker could go on.
  public func execute(_ queue: RunQueue) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<jobs {
        group.addTask {
          // A worker is started for a run only, and again after each that died.
          while let run = await queue.next() { try await work(through: queue, from: run) }
        }
      }
      do {
        try await group.waitForAll()
      } catch {
        await queue.stop(because: error)
        group.cancelAll()
        throw error
      }
    }
  }

  /// Gives one worker runs until it dies or none is left.
  private func work(through queue: RunQueue, from first: RunSpecification) async throws {
    let current = CurrentRun(first)
    let status: TerminationStatus
    let lastWords: String
    do {
      let result = try await run(configuration, input: .inputWriter, output: .sequence, error: .sequence) {
        worker in
        async let words = Self.tail(of: worker.standardError)
        var replies = worker.standardOutput.strings().makeAsyncIterator()
        while let run = await current.run {
          guard (try? await worker.standardInputWriter.write(run.planLine + "\n")) != nil,
            let line = try await replies.next(), let reply = WorkerReply(line: line), reply.id == run.id
          else { break }
          await queue.end(run, reply.end)
          await current.set(await queue.next())
        }
        try? await worker.standardInputWriter.finish()
        while (try? await replies.next()) ?? nil != nil {}
        return await words
      }
      (status, lastWords) = (result.terminationStatus, result.closureResult)
    } catch let error as SubprocessError {
      if let run = await current.run { await queue.end(run, .abandoned) }
      if Task.isCancelled { return }
      throw ExecutorError.cannotStart(program: program, reason: "\(error)")
    }
    guard let lost = await current.run else { return }
    try await account(for: lost, status, lastWords, queue)
  }

  /// Says how a run ended whose worker did not answer.
  private func account(
    for run: RunSpecification, _ status: TerminationStatus, _ lastWords: String, _ queue: RunQueue
  ) async throws {
    switch status {
    case .exited(let code) where Self.final.contains(code):
      await queue.end(run, .abandoned)
      throw ExecutorError.workerGaveUp(status: code, message: Self.message(lastWords, status))
    case _ where Task.isCancelled, .exited(130), .exited(143): await queue.end(run, .abandoned)
    default: await queue.end(run, .failed(reason: Self.message(lastWords, status)))
    }
  }

  /// Exit codes after which another worker would fare no better: wrong usage, missing data, a store that cannot be
  /// written or read.
  private static let final: [Int32] = [64, 65, 66, 69, 73, 74]

  private static func message(_ words: String, _ status: TerminationStatus) -> String {
    let lines = words.split(whereSeparator: \.isNewline).map(String.init)
    let line =
      lines.first { $0.hasPrefix("suggest: ") }.map { String($0.dropFirst("suggest: ".count)) }
      ?? lines.first { $0.contains("Fatal error") } ?? lines.last
    switch status {
    case .exited(let code): return line ?? "the worker ended with exit code \(code) and said nothing"
    case .signaled(9): return "the worker was killed (signal 9), as by a lack of memory"
    case .signaled(let signal): return "the worker crashed (signal \(signal))\(line.map { ": \($0)" } ?? "")"
    }
  }

  private static func tail(of output: SubprocessOutputSequence) async -> String {
    var tail: [UInt8] = []
    do {
      for try await chunk in output {
        chunk.withUnsafeBytes { tail.append(contentsOf: $0.suffix(8192)) }
        tail = tail.suffix(8192)
      }
    } catch {}
    return String(decoding: tail, as: UTF8.self)
  }

  private var configuration: Configuration {
    var options = PlatformOptions()
    options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(5))]
    return Configuration(
      executable: .path(FilePath(program)), arguments: Arguments(arguments),
      environment: .inherit.updating(["OPENBLAS_NUM_THREADS": "1"]), platformOptions: options)
  }
}

/// The run that a worker has.
private actor CurrentRun {
  private(set) var run: RunSpecification?
  init(_ run: RunSpecification) { self.run = run }
  func set(_ run: RunSpecification?) { self.run = run }
}
