import Comparison
import CurveModel
import ExperimentStore
import Synchronization

/// Writes down the runs that failed, as they fail.
final class IncidentLog: Sendable {
  private let writer: RecordWriter
  private let console: Console
  private let attempts = Mutex<[RunID: Int]>([:])

  /// Writes into the store at `path`, which must have been opened.
  init(store path: String, console: Console) {
    writer = RecordWriter(store: path, at: console.now())
    self.console = console
  }

  /// Takes note of what happened; an incident that cannot be written is shown only.
  func note(_ event: QueueEvent) {
    guard let (run, reason) = event.incident else { return }
    let attempt = attempts.withLock { attempts in
      attempts[run.id, default: 0] += 1
      return attempts[run.id, default: 1]
    }
    let incident = IncidentRecord(
      id: run.id, reason: reason, attempt: attempt,
      measured: [.init("run", .string(run.title)), .init("at", .number(Double(console.now())))])
    do {
      try writer.append(incident)
    } catch {
      console.report("the incident could not be written down: \(error)")
    }
  }
}
