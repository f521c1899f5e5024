/// Why a store or a file gave no evidence.
public enum EvidenceError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There are no outcomes in it.
  case noOutcomes(String)
  /// A line of a file is no outcome.
  case badLine(number: Int, problem: String)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .noOutcomes(let place):
      "\(place) has no outcomes: run a comparison into it (suggest compare FILE.yaml), or import some"
    case .badLine(let number, let problem): "line \(number): \(problem)"
    }
  }
}
