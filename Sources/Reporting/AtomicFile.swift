internal import CurveModel
internal import Glibc

/// Files that are there as a whole or not at all.
package enum AtomicFile {
  /// Writes bytes to a temporary file in the same folder and renames it; the old file, if any, stays until
  /// then.
  package static func write(_ bytes: [UInt8], to path: String) throws(ReportingError) {
    let temporary = "\(path).\(getpid()).partial"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw cannotWrite(path, errno) }
    var problem = writeAll(bytes, to: descriptor)
    if close(descriptor) != 0, problem == 0 { problem = errno }
    if problem == 0, rename(temporary, path) != 0 { problem = errno }
    guard problem == 0 else {
      unlink(temporary)
      throw cannotWrite(path, problem)
    }
  }

  /// Makes a folder where it is missing.
  package static func makeFolder(_ path: String) throws(ReportingError) {
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw cannotWrite(path, errno) }
  }

  private static func cannotWrite(_ path: String, _ code: Int32) -> ReportingError {
    .cannotWrite(path: path, reason: String(cString: strerror(code)))
  }
}
