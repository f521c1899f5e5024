/// Why a task's weights or photographs are not what its plan says.
public enum MaterialsError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A file holds other weights.
  case otherWeights(path: String, expected: String, found: String)
  /// A data set has other photographs, or the same with other classes.
  case otherPhotographs(dataset: String, expected: String, found: String)

  /// One sentence: what is wrong and what to do.
  public var description: String {
    switch self {
    case .otherWeights(let path, let expected, let found):
      "\(path) has the SHA-256 \(found), not \(expected) as planned: put the weights back, or plan anew with these"
    case .otherPhotographs(let dataset, let expected, let found):
      "the photographs of \(dataset) have the version \(found), not \(expected) as planned: put them back, or plan anew with these"
    }
  }
}
