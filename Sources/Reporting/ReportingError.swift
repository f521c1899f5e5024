/// What can go wrong when a figure is made.
public enum ReportingError: Error, Equatable, Sendable {
  /// The file's ending names no format that figures are written in (a usage error, exit code 64).
  case unsupportedFormat(path: String)
  /// The gnuplot program is not installed (exit code 69).
  case programMissing(name: String)
  /// The gnuplot program ended without a picture; `message` is the last line it wrote to its standard error
  /// (exit code 69).
  case programFailed(name: String, message: String)
  /// The picture was drawn and its file could not be written (exit code 73).
  case cannotWrite(path: String, reason: String)
}

extension ReportingError: CustomStringConvertible {
  /// One sentence: what is wrong, where, what to do.
  public var description: String {
    switch self {
    case .unsupportedFormat(let path):
      "cannot tell the format of the figure \(path): end its name in .svg, .png, .pdf or .gp"
    case .programMissing(let name):
      "the program \(name), which draws figures, was not found: install it with apt-get install gnuplot-nox"
    case .programFailed(let name, let message):
      "the program \(name) drew no figure: \(message)"
    case .cannotWrite(let path, let reason):
      "cannot write \(path): \(reason)"
    }
  }
}
