import Glibc

/// A folder for files that a command writes.
struct OutputFolder {
  let path: String

  /// Finds out before the work whether files can be written there.
  ///
  /// - Throws: ``DestinationError``.
  init(_ path: String) throws(DestinationError) {
    guard !path.isEmpty else { throw DestinationError(path: "\"\"", reason: "it is no folder's name") }
    self.path = path
    var status = stat()
    if stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFDIR else {
        throw DestinationError(path: path, reason: "it is no folder")
      }
      guard access(path, W_OK | X_OK) == 0 else {
        throw DestinationError(path: path, reason: String(cString: strerror(errno)))
      }
    } else if errno != ENOENT {
      throw DestinationError(path: path, reason: String(cString: strerror(errno)))
    }
  }

  /// The path of a file in it that can be written.
  func place(_ name: String) throws(DestinationError) -> String {
    let place = path.hasSuffix("/") ? path + name : "\(path)/\(name)"
    var status = stat()
    if stat(place, &status) == 0 { try Destination.check(place) }
    return place
  }

  /// Makes the folder where it is missing.
  func make() throws(DestinationError) {
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
      throw DestinationError(path: path, reason: String(cString: strerror(errno)))
    }
  }
}
