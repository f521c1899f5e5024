internal import Glibc

/// A file read from its beginning, a mebibyte at a time.
final class InputFileReader {
  private let path: String
  private let descriptor: Int32
  private static let pieceSize = 1 << 20

  /// Opens a file.
  ///
  /// - Throws: ``ArchiveError/cannotRead(path:reason:)``, also where it is no ordinary file.
  init(_ path: String) throws(ArchiveError) {
    // A pipe without a writer must not hold up the program.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .cannotRead(path: path, reason: String(cString: strerror(errno))) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .cannotRead(path: path, reason: "it is no file")
    }
    self.path = path
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// The next bytes; nil at the end.
  func next() throws(ArchiveError) -> [UInt8]? {
    var count = 0
    var failure: Int32 = 0
    let piece = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, filled in
      repeat { count = read(descriptor, buffer.baseAddress, buffer.count) } while count < 0 && errno == EINTR
      failure = errno
      filled = max(count, 0)
    }
    guard count >= 0 else { throw .cannotRead(path: path, reason: String(cString: strerror(failure))) }
    return count == 0 ? nil : piece
  }
}
