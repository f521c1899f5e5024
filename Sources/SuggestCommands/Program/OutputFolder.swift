import Glibc

/// A folder for files that a command writes at its end.
enum OutputFolder {
  /// Finds out before the work whether files can be written there.
  ///
  /// - Parameters:
  ///   - path: The folder; it may be missing where the one above it is there.
  ///   - names: The files that will be written.
  /// - Throws: ``DestinationError``.
  static func check(_ path: String, for names: [String] = []) throws(DestinationError) {
    guard !path.isEmpty else { throw DestinationError(path: "\"\"", reason: "it is no folder's name") }
    var status = stat()
    guard stat(path, &status) == 0 else {
      guard errno == ENOENT else {
        throw DestinationError(path: path, reason: String(cString: strerror(errno)))
      }
      let bare = path.hasSuffix("/") ? String(path.dropLast()) : path
      return try Destination.check(bare)
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw DestinationError(path: path, reason: "it is no folder")
    }
    guard access(path, W_OK | X_OK) == 0 else {
      throw DestinationError(path: path, reason: String(cString: strerror(errno)))
    }
    for name in names { try Destination.check("\(path)/\(name)") }
  }
}
