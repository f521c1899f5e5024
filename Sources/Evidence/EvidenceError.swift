/// Why a store or a file gave no evidence.
public enum EvidenceError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There are no outcomes in it.
  case noOutcomes(String)
  /// The labels of a task cannot be understood; the problem as a clause.
  case badTask(String)
  /// A record of a store holds no outcome or curve that can be used.
  case badRecord(store: String, run: String, problem: String)
  /// A file of outcomes cannot be read; line 0 is the file as a whole.
  case badFile(file: String, line: Int, problem: String)
  /// A run is in the store already and says something else there.
  case disagrees(file: String, line: Int, store: String, run: String)
  /// A strategy failed on a curve.
  case strategyFailed(strategy: String, run: String, problem: String)
  /// A line of a file is no outcome.
  case badLine(number: Int, problem: String)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .noOutcomes(let place):
      "\(place) has no outcomes: run a comparison into it (suggest compare FILE.yaml), or import some"
    case .badTask(let problem): problem
    case .badRecord(let store, let run, let problem):
      "\(store): run \(run): \(problem): restore the record, or remove it"
    case .badFile(let file, let line, let problem):
      "\(line == 0 ? file : "\(file), line \(line)"): \(problem)"
    case .disagrees(let file, let line, let store, let run):
      "\(file), line \(line): \(store) holds run \(run) of the same task, rate and seed with another result: "
        + "import into another store, or correct the line"
    case .strategyFailed(let strategy, let run, let problem):
      "strategy \(strategy) failed on the range test of run \(run): \(problem)"
    case .badLine(let number, let problem): "line \(number): \(problem)"
    }
  }
}
