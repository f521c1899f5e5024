import CurveModel
import Synchronization

/// One line on the terminal that says how far a recording or a training has come; silent elsewhere.
final class ProgressBar: Sendable {
  private struct State {
    var done = 0
    /// The time of the first step.
    var startedAt: Int?
    var shownPercent = -1
    var shownAt = 0
  }

  private let console: Console
  private let total: Int
  private let state = Mutex(State())
  private static let width = 30

  init(console: Console, total: Int) {
    self.console = console
    self.total = max(total, 1)
  }

  /// Counts a step and shows it with its rate and loss.
  func advance(learningRate: Double, loss: Double) {
    guard console.messagesAreOnTerminal else { return }
    state.withLock { state in
      state.done += 1
      // A hundred pictures are enough, however many steps there are; and one a second, however slow they are.
      let percent = state.done * 100 / total
      let now = console.now()
      state.startedAt = state.startedAt ?? now
      guard percent != state.shownPercent || now != state.shownAt else { return }
      state.shownPercent = percent
      state.shownAt = now
      console.message("\r" + line(state, at: now, learningRate: learningRate, loss: loss) + "\u{1b}[K")
    }
  }

  /// The line, short enough not to wrap.
  private func line(_ state: State, at now: Int, learningRate: Double, loss: Double) -> String {
    let done = min(state.done, total)
    let numbers =
      " \(done)/\(total)  rate \(learningRate.text(digits: 3))  loss \(loss.text(digits: 4))"
      + timeLeft(done, seconds: now - (state.startedAt ?? now))
    let width = min(Self.width, console.width - numbers.count - 1)
    guard width >= 5 else { return String(numbers.dropFirst().prefix(max(console.width - 1, 1))) }
    let filled = width * done / total
    let (full, empty) = console.asciiOnly ? ("#", "-") : ("█", "░")
    return String(repeating: full, count: filled) + String(repeating: empty, count: width - filled) + numbers
  }

  /// How long it will take at the pace so far, once there is a pace to speak of.
  private func timeLeft(_ done: Int, seconds: Int) -> String {
    guard done > 0, seconds >= Self.secondsBeforeEstimate else { return "" }
    let left = Int((Double(seconds) * Double(total - done) / Double(done)).rounded())
    let pad = { (number: Int) in (number < 10 ? "0" : "") + "\(number)" }
    let minutes = left / 60
    return minutes < 60
      ? "  \(minutes):\(pad(left % 60)) left"
      : "  \(minutes / 60):\(pad(minutes % 60)):\(pad(left % 60)) left"
  }

  private static let secondsBeforeEstimate = 5

  /// Shows what is done between two steps.
  func announce(_ text: String) {
    guard console.messagesAreOnTerminal else { return }
    console.message("\r" + text.prefix(max(console.width - 1, 1)) + "\u{1b}[K")
  }

  /// Counts steps that were not needed.
  func skip(_ steps: Int) { state.withLock { $0.done += steps } }

  /// Removes the line.
  func clear() {
    if console.messagesAreOnTerminal { console.message("\r\u{1b}[K") }
  }
}
