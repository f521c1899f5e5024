import CurveModel
import Glibc

/// Where a command reads and writes.
///
/// Commands get all of the outside world from here, so that tests run them in the
/// same process.
public struct Console: Sendable {
  /// The bytes of standard input where they come from a pipe or file; nil where nobody sends any.
  public var pipedInput: @Sendable () throws -> [UInt8]?
  /// Writes a result to standard output.
  public var output: @Sendable (String) throws -> Void
  /// Writes a message or progress to standard error.
  public var message: @Sendable (String) -> Void
  /// Seconds since 1970.
  public var now: @Sendable () -> Int
  /// The value of an environment variable; nil where it is not set or empty.
  public var variable: @Sendable (String) -> String?
  /// Whether standard output is a terminal.
  public var outputIsTerminal: Bool
  /// Whether standard error is a terminal, so that a line can be drawn again and again.
  public var messagesAreOnTerminal: Bool
  /// The columns of the terminal.
  public var width: Int

  /// Makes a console of the given parts.
  public init(
    pipedInput: @escaping @Sendable () throws -> [UInt8]? = { nil },
    output: @escaping @Sendable (String) throws -> Void, message: @escaping @Sendable (String) -> Void,
    now: @escaping @Sendable () -> Int,
    variable: @escaping @Sendable (String) -> String? = { _ in nil },
    outputIsTerminal: Bool = false, messagesAreOnTerminal: Bool = false, width: Int = 80
  ) {
    self.pipedInput = pipedInput
    self.output = output
    self.message = message
    self.now = now
    self.variable = variable
    self.outputIsTerminal = outputIsTerminal
    self.messagesAreOnTerminal = messagesAreOnTerminal
    self.width = width
  }

  /// The process's own streams.
  public static func standard() -> Console {
    Console(
      pipedInput: {
        try isPiped(STDIN_FILENO) ? InputFile.bytes(of: STDIN_FILENO, path: "standard input") : nil
      },
      output: { try write($0, to: STDOUT_FILENO) }, message: { try? write($0, to: STDERR_FILENO) },
      now: { Int(time(nil)) },
      variable: { name in getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 } },
      outputIsTerminal: isatty(STDOUT_FILENO) == 1,
      messagesAreOnTerminal: isatty(STDERR_FILENO) == 1, width: terminalWidth())
  }

  /// The console of the command that is running.
  @TaskLocal static var current = Console.standard()

  /// Whether the locale asks for ASCII.
  ///
  /// An unset locale is the C locale, but most terminals draw Unicode all the same; only a locale that says otherwise
  /// gets ASCII.
  var asciiOnly: Bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(variable).first
    return locale.map { !$0.lowercased().contains("utf") } ?? false
  }

  /// Writes one line about the run to standard error.
  func report(_ line: String) { message("suggest: \(line)\n") }

  /// A pipe, socket or file, as against a terminal or /dev/null.
  private static func isPiped(_ descriptor: Int32) -> Bool {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return false }
    return [S_IFIFO, S_IFSOCK, S_IFREG].contains(status.st_mode & S_IFMT)
  }

  private static func write(_ text: String, to descriptor: Int32) throws {
    let failure = writeAll(Array(text.utf8), to: descriptor)
    guard failure == 0 else { throw OutputError.standardOutput(reason: String(cString: strerror(failure))) }
  }

  private static func terminalWidth() -> Int {
    var size = winsize()
    return [STDOUT_FILENO, STDERR_FILENO].contains {
      ioctl($0, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    }
      ? Int(size.ws_col) : 80
  }
}

/// Why a result could not be handed over.
enum OutputError: Error, CustomStringConvertible {
  case standardOutput(reason: String)

  var description: String {
    switch self {
    case .standardOutput(let reason): "cannot write to standard output: \(reason)"
    }
  }
}
