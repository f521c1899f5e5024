import ArgumentParser
import Dispatch
import Synchronization

/// The program `suggest`, from arguments to exit code.
public enum SuggestProgram {
  /// The version of the toolkit.
  public static let version = "0.1.0"

  /// Runs the program once and waits for its end.
  ///
  /// Most calls read a curve and print a few lines: those run right here, since starting Swift's concurrency with its
  /// threads would take longer than the work.
  ///
  /// - Parameters:
  ///   - arguments: The words behind the program's name.
  ///   - console: Where it reads and writes.
  /// - Returns: The exit code.
  public static func main(_ arguments: [String], console: Console = .standard()) -> Int32 {
    Interruption.beginProgram()
    do {
      guard let quick = try parse(arguments) as? any QuickCommand, quick.isQuick else {
        return waiting { await run(arguments, console: console) }
      }
      try Console.$current.withValue(console) { try quick.runQuickly() }
      return ExitStatus.done.rawValue
    } catch {
      return end(with: error, of: arguments, console)
    }
  }

  /// Runs the program once.
  ///
  /// - Parameters: As for ``main(_:console:)``.
  /// - Returns: The exit code.
  public static func run(_ arguments: [String], console: Console) async -> Int32 {
    await Console.$current.withValue(console) {
      do {
        var command = try parse(arguments)
        if var asynchronous = command as? any AsyncParsableCommand {
          try await asynchronous.run()
        } else {
          try command.run()
        }
        return ExitStatus.done.rawValue
      } catch {
        return end(with: error, of: arguments, console)
      }
    }
  }

  /// Waits for a task; only for the main thread, which belongs to no task.
  private static func waiting(for task: @escaping @Sendable () async -> Int32) -> Int32 {
    Interruption.takeSignalsOnThisThread()
    let end = End()
    Task.detached {
      end.status.store(await task(), ordering: .releasing)
      end.signal.signal()
    }
    end.signal.wait()
    return end.status.load(ordering: .acquiring)
  }

  private final class End: Sendable {
    let status = Atomic(ExitStatus.internalError.rawValue)
    let signal = DispatchSemaphore(value: 0)
  }

  /// The command that the first word names; `suggest` itself where it names none, so that the word can be a curve.
  private static func parse(_ arguments: [String]) throws -> any ParsableCommand {
    if let word = arguments.first, Subcommands.names.contains(word) {
      return try Subcommands.parseAsRoot(arguments)
    }
    return try SuggestCommand.parseAsRoot(arguments)
  }

  /// Prints what `error` says, on the stream it belongs to, and returns the exit code it leads to.
  private static func end(with error: any Error, of arguments: [String], _ console: Console) -> Int32 {
    if let status = error as? ExitStatus { return status.rawValue }
    let code = SuggestCommand.exitCode(for: error)
    if code == .success {  // help and version
      try? console.output(SuggestCommand.fullMessage(for: error) + "\n")
      return code.rawValue
    }
    let isParserError = code == .validationFailure
    let text =
      isParserError ? Complaint(SuggestCommand.message(for: error), about: arguments).text : "\(error)"
    console.report(text.split(whereSeparator: \.isNewline).joined(separator: "; "))
    return isParserError ? ExitStatus.usage.rawValue : ExitStatus(for: error).rawValue
  }
}

/// A command that, at least with some options, neither waits for another program nor uses threads.
protocol QuickCommand: ParsableCommand {
  /// Whether it does not, with the options it was given.
  var isQuick: Bool { get }
  /// Runs it on this thread.
  func runQuickly() throws
}

extension QuickCommand {
  /// Runs it where the program does not ask whether it is quick.
  func run() throws { try runQuickly() }
}

/// The commands behind a word: a root of their own, because the parser would give the word to `suggest` as a curve.
struct Subcommands: ParsableCommand {
  static let all: [any ParsableCommand.Type] = [
    RecordCommand.self, TrainCommand.self, WorkflowCommand.self, CompareCommand.self, ScoreCommand.self,
    LearnCommand.self,
    ReportCommand.self,
    ImportCommand.self, ExportCommand.self, StrategiesCommand.self, FeaturesCommand.self, PlotCommand.self,
    DataCommand.self,
    StoreCommand.self,
    WorkerCommand.self,
    AboutCommand.self,
  ]
  static let configuration = CommandConfiguration(commandName: "suggest", subcommands: all)

  /// The words, and `help`.
  static let names = [
    "record", "train", "workflow", "compare", "score", "learn", "report", "import", "export", "strategies",
    "features", "plot",
    "data",
    "store",
    "worker",
    "about", "help",
  ]
}
