import Glibc

/// A program with its arguments, to be run as a process of its own.
public struct Program: Sendable {
  private let path: String
  private let arguments: [String]

  /// Names a program.
  ///
  /// - Parameters:
  ///   - path: Its file; `PATH` is not searched.
  ///   - arguments: Its arguments, without its name.
  public init(_ path: String, _ arguments: [String] = []) {
    self.path = path
    self.arguments = arguments
  }

  /// Runs the program to its end, without a shell, and measures from before its start until it has been waited for.
  ///
  /// Its environment is empty, so that no variable of the caller's takes part; input and output are the null device;
  /// what it says on standard error is seen.
  ///
  /// - Throws: ``ProgramError``.
  public func run() throws(ProgramError) -> Duration { try run { _ in } }

  /// Runs the program as ``run()`` does; `whenEnded` gets its process when it has ended and before it is waited for.
  func run(whenEnded: (pid_t) -> Void) throws(ProgramError) -> Duration {
    let start = ContinuousClock.now
    let process = try spawn(path, arguments) { actions in
      posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
      posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    }
    var end = siginfo_t()
    while waitid(P_PID, id_t(process), &end, WEXITED | WNOWAIT) < 0, errno == EINTR {}
    whenEnded(process)
    var status: Int32 = 0
    while wait4(process, &status, 0, nil) < 0 {
      guard errno == EINTR else {
        throw .cannotStart(path: path, reason: String(cString: strerror(errno)))
      }
    }
    let elapsed = start.duration(to: .now)
    guard status == 0 else { throw .failed(path: path, status: status) }
    return elapsed
  }

  /// The error where the system does not say how long the program computed.
  var unknownTimes: ProgramError {
    .cannotStart(path: path, reason: "/proc does not state its processor times")
  }
}

/// Starts a program without a shell and with an empty environment; `redirect` says what its input and output are.
func spawn(
  _ path: String, _ arguments: [String], redirect: (inout posix_spawn_file_actions_t) -> Void
) throws(ProgramError) -> pid_t {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  redirect(&actions)
  var words = ([path] + arguments).map { strdup($0) } + [nil]
  defer { for word in words { free(word) } }
  var environment: [UnsafeMutablePointer<CChar>?] = [nil]
  var process: pid_t = 0
  let failure = posix_spawn(&process, path, &actions, nil, &words, &environment)
  guard failure == 0 else {
    throw .cannotStart(path: path, reason: String(cString: strerror(failure)))
  }
  return process
}

/// Why a program could not be measured.
public enum ProgramError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The system cannot start it or wait for it.
  case cannotStart(path: String, reason: String)
  /// It ended with something other than success; `status` is what wait(2) gives.
  case failed(path: String, status: Int32)
  /// It ended, or closed its output, where a line was expected.
  case silent(path: String)

  /// One sentence: what went wrong with which program.
  public var description: String {
    switch self {
    case .cannotStart(let path, let reason): "cannot run \(path): \(reason)"
    case .failed(let path, let status):
      status & 0x7f == 0
        ? "\(path) ended with exit code \(status >> 8), so its time says nothing"
        : "\(path) was ended by signal \(status & 0x7f), so its time says nothing"
    case .silent(let path): "\(path) ended without an answer: what it said on standard error says why"
    }
  }
}
