import Glibc
import Synchronization

/// Whether SIGINT or SIGTERM has come; the run then ends between two steps.
///
/// A second signal ends the program at once, in case the run does not come to its next step.
struct Interruption: Sendable {
  static let terminate = SIGTERM

  /// Signal handlers cannot capture anything, so this is global.
  private static let received = Atomic<Int32>(0)

  /// Listens from now on.
  init() {
    Self.received.store(0, ordering: .relaxed)
    for number in [SIGINT, SIGTERM] {
      Glibc.signal(number) { number in
        Interruption.received.store(number, ordering: .relaxed)
        Interruption.listenNoMore(to: number)
      }
    }
  }

  /// Makes the calling thread take signals that the program was started with blocked, as some hosts start programs.
  static func takeSignalsOnThisThread() {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] { sigaddset(&signals, number) }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// Lets signals end the program again.
  func stopListening() {
    for number in [SIGINT, SIGTERM] { Self.listenNoMore(to: number) }
  }

  // MARK: While nobody listens

  /// Whether the program itself has been begun, which ends with a line and its exit code; tests have processes of their own.
  private static let isProgram = Atomic<Bool>(false)

  /// Makes signals end the program at once with a line and its exit code from now on, while nobody listens; what its
  /// host told it to ignore stays ignored.
  static func beginProgram() {
    isProgram.store(true, ordering: .relaxed)
    for number in [SIGINT, SIGTERM] {
      let before = Glibc.signal(number, endAtOnce)
      // SIG_IGN is a number in the place of a function, which Swift does not compare.
      if unsafeBitCast(before, to: Int.self) == 1 { Glibc.signal(number, SIG_IGN) }
    }
  }

  private static func listenNoMore(to number: Int32) {
    Glibc.signal(number, isProgram.load(ordering: .relaxed) ? endAtOnce : SIG_DFL)
  }

  /// Does nothing that a signal could have interrupted half-way: no memory is taken, no lock.
  private static let endAtOnce: @convention(c) (Int32) -> Void = { number in
    let line: StaticString = "suggest: interrupted\n"
    _ = write(STDERR_FILENO, line.utf8Start, line.utf8CodeUnitCount)
    _exit(number == SIGINT ? ExitStatus.interrupted.rawValue : ExitStatus.terminated.rawValue)
  }

  /// The signal that has come, if one has.
  var signal: Int32? {
    let number = Self.received.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }
}
