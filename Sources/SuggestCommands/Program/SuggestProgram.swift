import ArgumentParser
import Glibc

/// The program `suggest`, from arguments to exit code.
public enum SuggestProgram {
  /// The version of the toolkit.
  public static let version = "0.1.0"

  /// Runs the program once.
  ///
  /// - Parameters:
  ///   - arguments: The words behind the program's name.
  ///   - console: Where it reads and writes.
  /// - Returns: The exit code.
  public static func run(_ arguments: [String], console: Console = .standard()) async -> Int32 {
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
        return end(with: error, console)
      }
    }
  }

  /// The command that the first word names; `suggest` itself where it names none, so that the word can be a curve.
  private static func parse(_ arguments: [String]) throws -> any ParsableCommand {
    if let word = arguments.first, Subcommands.names.contains(word) {
      return try Subcommands.parseAsRoot(arguments)
    }
    return try SuggestCommand.parseAsRoot(arguments)
  }

  /// Prints what `error` says, on the stream it belongs to, and returns the exit code it leads to.
  private static func end(with error: any Error, _ console: Console) -> Int32 {
    if let status = error as? ExitStatus { return status.rawValue }
    let code = SuggestCommand.exitCode(for: error)
    if code == .success {  // help and version
      try? console.output(SuggestCommand.fullMessage(for: error) + "\n")
      return code.rawValue
    }
    let isParserError = code == .validationFailure
    let text = isParserError ? SuggestCommand.message(for: error) : "\(error)"
    console.report(
      text.split(whereSeparator: \.isNewline).joined(separator: "; ")
        + (isParserError ? "; see suggest --help" : ""))
    return isParserError ? ExitStatus.usage.rawValue : ExitStatus(for: error).rawValue
  }
}

extension ExitStatus: Error {}

/// The commands behind a word: a root of their own, because the parser would give the word to `suggest` as a curve.
struct Subcommands: ParsableCommand {
  static let all: [any ParsableCommand.Type] = [
    RecordCommand.self, StrategiesCommand.self, PlotCommand.self, AboutCommand.self,
  ]
  static let configuration = CommandConfiguration(commandName: "suggest", subcommands: all)

  /// The words, and `help`.
  static let names = ["record", "strategies", "plot", "about", "help"]
}
