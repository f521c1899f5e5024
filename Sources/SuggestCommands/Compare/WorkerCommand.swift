import ArgumentParser
import Comparison
import CurveModel
import DatasetKit
import ExperimentStore
import Glibc
import TrainingEngine

/// `suggest worker`: does the runs of a plan and appends their records to a file of its own.
struct WorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker",
    abstract: "Do the runs of a plan: what suggest compare starts, and what a cluster's jobs are.",
    discussion: """
        suggest compare FILE.yaml --dry-run --format json > plan.jsonl
        suggest worker --store runs --plan plan.jsonl --shard 0/4

      A plan has one run a line; a worker reads it to its end. Runs that the store already has, or that another worker is \
      doing, are left out, so that a worker may be started again at any time, also beside others on the same plan. For each run a \
      line goes to standard output: {"id":…,"end":"recorded"}, or known, busy, abandoned, failed. One thread does all.
      """)

  @OptionGroup var store: StoreOptions

  @Option(
    help: ArgumentHelp(
      "The folder of data sets, as of suggest record.", valueName: "folder"))
  var data: String?

  @Option(help: ArgumentHelp("The plan; - reads standard input.", valueName: "file"))
  var plan = "-"

  @Option(help: ArgumentHelp("Do every nth run only, from the ith on, counted from 0.", valueName: "i/n"))
  var shard: String?

  func run() throws {
    let console = Console.current
    let shard = try shard.map(Self.parts)
    let session = try WorkerSession(
      storePath: store.resolved(console).path, folders: .of(option: data, console),
      weights: WeightFolders(environment: console.dataVariables), surroundings: Surroundings.measured())
    var source = try PlanSource(plan)
    let interruption = Interruption()
    defer { interruption.stopListening() }
    Glibc.signal(SIGPIPE, SIG_IGN)
    var number = -1
    while let line = try source.next(until: { interruption.signal != nil }) {
      number += 1
      if let shard, number % shard.count != shard.index { continue }
      let run: RunSpecification
      do throws(PlanError) {
        run = try RunSpecification(planLine: line)
      } catch {
        throw PlanLineError(plan: source.path, line: number + 1, problem: error)
      }
      let end = try session.end(of: run) { interruption.signal != nil }
      // Whoever started this worker may be gone; the records are what counts.
      try? console.output(WorkerReply(id: run.id, end: end).line + "\n")
      if interruption.signal != nil { break }
    }
    if let signal = interruption.signal { throw ExitStatus(signal: signal) }
  }

  private static func parts(_ text: String) throws -> (index: Int, count: Int) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).compactMap { Int($0) }
    guard parts.count == 2, parts[1] > 0, (0..<parts[1]).contains(parts[0]) else {
      throw UsageError("--shard \(text): expected i/n with i from 0 to below n, as in 0/4")
    }
    return (parts[0], parts[1])
  }
}

/// What is wrong with a line of a plan, and where.
struct PlanLineError: Error, CustomStringConvertible {
  let plan: String
  let line: Int
  let problem: PlanError
  var description: String { "\(plan), line \(line): \(problem)" }
}

/// The lines of a plan, from a file or from whoever writes to standard input.
struct PlanSource: ~Copyable {
  private let descriptor: Int32
  /// Its name, for messages.
  let path: String
  private var buffer: [UInt8] = []
  private var hasEnded = false
  /// How long to wait before asking again whether somebody wants to stop, in milliseconds.
  private static let patience: Int32 = 200

  init(_ path: String) throws {
    self.path = path == "-" ? "standard input" : path
    descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw InputError.missing(path: path) }
  }

  deinit { if descriptor != STDIN_FILENO { close(descriptor) } }

  /// The next line that is not empty; nil at the end, or once `isCancelled` says so.
  mutating func next(until isCancelled: () -> Bool) throws -> String? {
    while true {
      while let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: buffer[..<end], as: UTF8.self)
        buffer.removeSubrange(...end)
        if !line.isEmpty { return line }
      }
      if isCancelled() { return nil }
      if hasEnded {
        guard !buffer.isEmpty else { return nil }
        defer { buffer = [] }
        return String(decoding: buffer, as: UTF8.self)
      }
      try read()
    }
  }

  private mutating func read() throws {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&request, 1, Self.patience) > 0 else { return }
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    let got = Glibc.read(descriptor, &piece, piece.count)
    if got < 0, errno != EINTR {
      throw InputError.readFailed(path: path, reason: String(cString: strerror(errno)))
    }
    if got == 0 { hasEnded = true }
    buffer += piece.prefix(max(got, 0))
  }
}

extension DataFolders {
  /// The folders of an option `--data`, or the usual ones.
  static func of(option: String?, _ console: Console) -> DataFolders {
    DataFolders(option: option, environment: console.dataVariables)
  }
}
