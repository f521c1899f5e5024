import CurveModel

/// What is wrong with the content of a curve file, and which file it is.
struct CurveFileError: Error, CustomStringConvertible {
  let source: String
  let problem: CurveError
  var description: String { "\(source): \(problem)" }
}
