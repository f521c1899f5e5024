import Glibc

/// A file that will be written at the end of a long run.
enum Destination {
  /// Finds out before the run whether the file can be written.
  ///
  /// - Throws: ``DestinationError``.
  static func check(_ path: String) throws(DestinationError) {
    guard !path.isEmpty else { throw DestinationError(path: "\"\"", reason: "it is no file's name") }
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw DestinationError(path: path, reason: "it is no file")
    }
    let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    guard access(folder, W_OK | X_OK) == 0 else {
      throw DestinationError(path: path, reason: String(cString: strerror(errno)))
    }
  }

  /// Whether two paths lead to one existing file.
  static func isSame(_ path: String, _ other: String) -> Bool {
    var (status, otherStatus) = (stat(), stat())
    return stat(path, &status) == 0 && stat(other, &otherStatus) == 0
      && status.st_dev == otherStatus.st_dev && status.st_ino == otherStatus.st_ino
  }
}

/// Why a file will not be writable.
struct DestinationError: Error, Equatable, CustomStringConvertible {
  let path: String
  let reason: String
  var description: String { "cannot write \(path): \(reason)" }
}
