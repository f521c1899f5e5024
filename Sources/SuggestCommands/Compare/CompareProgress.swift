import Comparison
import CurveModel
import Synchronization

/// Says how far a comparison has come: one line on a terminal, drawn again and again; elsewhere a line now and then.
final class CompareProgress: Sendable {
  private struct State {
    var done = 0
    var missing: [RunKind: Int] = [:]
    /// Seconds and number of the finished runs, for the pace.
    var spent: [RunKind: (seconds: Double, runs: Int)] = [:]
    var started: [RunKey: ContinuousClock.Instant] = [:]
    var recorded = 0
    var known = 0
    var incidents: [String] = []
    var shownAt: ContinuousClock.Instant?
    var isFirst = true
  }

  /// Runs that take about as long as each other.
  private struct RunKind: Hashable {
    let task: TaskSpecification
    let isTraining: Bool

    init(_ run: RunSpecification) {
      task = run.task
      isTraining = if case .training = run.work { true } else { false }
    }
  }

  private typealias RunKey = RunSpecification

  private let console: Console
  private let jobs: Int
  private let start = ContinuousClock.now
  private let state: Mutex<State>

  /// Starts with what is known to be missing.
  init(console: Console, jobs: Int, done: Int, missing: [RunSpecification]) {
    self.console = console
    self.jobs = jobs
    var state = State()
    state.done = done
    for run in missing { state.missing[RunKind(run), default: 0] += 1 }
    self.state = Mutex(state)
  }

  /// What came out in the end.
  var result: (recorded: Int, known: Int, incidents: [String]) {
    state.withLock { ($0.recorded, $0.known, $0.incidents) }
  }

  /// Takes note of what happened.
  func note(_ event: QueueEvent) {
    state.withLock { state in
      switch event {
      case .began(let run): state.started[run] = .now
      case .grew(let runs): for run in runs { state.missing[RunKind(run), default: 0] += 1 }
      case .ended(let run, let end): note(run, end, &state)
      case .vanished(_, let end):
        state.done -= 1
        if end == .recorded { state.recorded -= 1 } else { state.known -= 1 }
      }
      if let (run, reason) = event.incident {
        state.incidents.append(reason)
        clear()
        console.report("\(run.title): \(reason)")
      }
      show(&state)
    }
  }

  private func note(_ run: RunSpecification, _ end: RunEnd, _ state: inout State) {
    let kind = RunKind(run)
    let began = state.started.removeValue(forKey: run)
    switch end {
    case .busy, .abandoned, .failed: return
    case .alreadyKnown: state.known += 1
    case .recorded:
      state.recorded += 1
      let seconds = began.map { (ContinuousClock.now - $0) / .seconds(1) } ?? 0
      let before = state.spent[kind] ?? (0, 0)
      state.spent[kind] = (before.seconds + seconds, before.runs + 1)
    }
    state.done += 1
    state.missing[kind, default: 1] -= 1
  }

  // MARK: Showing

  private static let terminalInterval = Duration.milliseconds(100)
  private static let lineInterval = Duration.seconds(30)

  private func show(_ state: inout State) {
    let onTerminal = console.messagesAreOnTerminal
    let now = ContinuousClock.now
    let since = state.shownAt ?? start
    guard now - since >= (onTerminal ? Self.terminalInterval : Self.lineInterval) else { return }
    state.shownAt = now
    let text = line(state)
    console.message(onTerminal ? "\r" + text.prefix(max(console.width - 1, 1)) + "\u{1b}[K" : text + "\n")
  }

  private func line(_ state: State) -> String {
    let total = state.done + state.missing.values.reduce(0, +)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let pace = seconds > 0 ? Double(state.recorded) / seconds : 0
    var parts = ["\(state.done)/\(total) runs"]
    if state.recorded > 0 { parts.append(Self.pace(pace)) }
    if let left = secondsLeft(state) { parts.append("\(Self.time(left)) left") }
    if !state.incidents.isEmpty { parts.append(Quantity.text(state.incidents.count, "incident")) }
    return parts.joined(separator: "  ")
  }

  /// What the missing runs take at the pace of their like; nil before any has ended.
  private func secondsLeft(_ state: State) -> Double? {
    var known = 0.0
    var runs = 0
    for spent in state.spent.values {
      known += spent.seconds
      runs += spent.runs
    }
    guard runs > 0 else { return nil }
    let typical = known / Double(runs)
    var left = 0.0
    for (kind, count) in state.missing {
      let own = state.spent[kind].map { $0.seconds / Double($0.runs) }
      left += Double(count) * (own ?? typical)
    }
    return left / Double(jobs)
  }

  /// Removes the line from a terminal.
  func clear() {
    if console.messagesAreOnTerminal { console.message("\r\u{1b}[K") }
  }

  private static func pace(_ runsPerSecond: Double) -> String {
    runsPerSecond >= 1
      ? "\(runsPerSecond.text(digits: 2)) runs/s" : "\((60 * runsPerSecond).text(digits: 2)) runs/min"
  }

  /// `0:07`, `12:30`, `3:05:00`.
  static func time(_ seconds: Double) -> String {
    let seconds = Int(seconds.rounded(.up))
    let pad = { (number: Int) in (number < 10 ? "0" : "") + "\(number)" }
    let (minutes, hours) = (seconds / 60, seconds / 3600)
    return hours > 0
      ? "\(hours):\(pad(minutes % 60)):\(pad(seconds % 60))" : "\(minutes):\(pad(seconds % 60))"
  }
}

extension RunSpecification {
  /// The run for people.
  var title: String {
    switch work {
    case .rangeTest(let settings): "range test of \(task.title), \(settings.iterations) steps, seed \(seed)"
    case .training(let rate): "\(task.title) at rate \(rate.learningRate.text(digits: 4)), seed \(seed)"
    }
  }
}
