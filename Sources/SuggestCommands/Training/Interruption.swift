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
        Glibc.signal(number, SIG_DFL)
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
    for number in [SIGINT, SIGTERM] { Glibc.signal(number, SIG_DFL) }
  }

  /// The signal that has come, if one has.
  var signal: Int32? {
    let number = Self.received.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }
}
