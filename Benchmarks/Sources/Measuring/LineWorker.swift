import Glibc

/// A program that stays alive, reads lines from its standard input and writes lines to its standard output.
///
/// Its environment is empty, as that of a ``Program``; what it says on standard error is seen. It should end where its
/// input does.
public final class LineWorker {
  private let path: String
  private let process: pid_t
  private let socket: Int32
  /// What came behind the latest line.
  private var pending: [UInt8] = []

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - path: Its file; `PATH` is not searched.
  ///   - arguments: Its arguments, without its name.
  public init(_ path: String, _ arguments: [String] = []) throws(ProgramError) {
    // A socket, because sending to a program that has ended must not raise SIGPIPE.
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw .cannotStart(path: path, reason: String(cString: strerror(errno)))
    }
    let (ours, theirs) = (ends[0], ends[1])
    defer { close(theirs) }
    do {
      process = try spawn(path, arguments) { actions in
        posix_spawn_file_actions_adddup2(&actions, theirs, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, theirs, STDOUT_FILENO)
      }
    } catch {
      close(ours)
      throw error
    }
    self.path = path
    socket = ours
  }

  /// Ends the program's input and waits until it has ended.
  deinit {
    close(socket)
    var status: Int32 = 0
    while wait4(process, &status, 0, nil) < 0, errno == EINTR {}
  }

  /// Sends one line.
  ///
  /// - Parameter line: Without a line end.
  public func send(_ line: String) throws(ProgramError) {
    var rest = Array((line + "\n").utf8)[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes {
        Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if sent < 0, errno == EINTR { continue }
      guard sent > 0 else { throw .silent(path: path) }
      rest = rest.dropFirst(sent)
    }
  }

  /// Waits for the next line and returns it without its end.
  public func receive() throws(ProgramError) -> String {
    let newline = UInt8(ascii: "\n")
    while true {
      if let end = pending.firstIndex(of: newline) {
        defer { pending.removeFirst(end + 1) }
        return String(decoding: pending[..<end], as: UTF8.self)
      }
      let more = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
        var received = read(socket, buffer.baseAddress, 4096)
        while received < 0, errno == EINTR { received = read(socket, buffer.baseAddress, 4096) }
        count = max(received, 0)
      }
      guard !more.isEmpty else { throw .silent(path: path) }
      pending += more
    }
  }
}
