internal import Archives
internal import Glibc

/// The content of files.
enum FileContent {
  private static let pieceSize = 1 << 20

  /// The bytes of a file; nil where it is not there.
  ///
  /// - Throws: ``WorkflowFolderError/cannotRead(path:reason:)``.
  static func bytes(of path: String) throws(WorkflowFolderError) -> [UInt8]? {
    var bytes: [UInt8] = []
    return try forEachPiece(of: path) { bytes += $0 } ? bytes : nil
  }

  /// The SHA-256 hash of a file in hexadecimal digits; nil where it is not there.
  ///
  /// - Throws: ``WorkflowFolderError/cannotRead(path:reason:)``.
  static func hash(of path: String) throws(WorkflowFolderError) -> String? {
    var hash = SHA256Hash()
    return try forEachPiece(of: path) { hash.add($0) } ? hash.hexadecimal : nil
  }

  /// Reads a file piece by piece, since weights may be large; false where it is not there.
  private static func forEachPiece(of path: String, _ body: ([UInt8]) -> Void) throws(WorkflowFolderError)
    -> Bool
  {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return false }
      throw .cannotRead(path: path, reason: String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    while true {
      var failure: Int32 = 0
      let piece = [UInt8](unsafeUninitializedCapacity: pieceSize) { buffer, initialized in
        let got = read(descriptor, buffer.baseAddress, buffer.count)
        initialized = max(got, 0)
        if got < 0 { failure = errno }
      }
      if failure == EINTR { continue }
      guard failure == 0 else { throw .cannotRead(path: path, reason: String(cString: strerror(failure))) }
      if piece.isEmpty { return true }
      body(piece)
    }
  }
}
