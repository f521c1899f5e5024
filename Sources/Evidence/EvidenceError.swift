/// Why a store or a file gave no evidence.
public enum EvidenceError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There are no outcomes in it.
  case noOutcomes(String)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .noOutcomes(let place):
      "\(place) has no outcomes: run a comparison into it (suggest compare FILE.yaml), or import some"
    }
  }
}
