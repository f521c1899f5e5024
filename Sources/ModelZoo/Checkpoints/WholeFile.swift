internal import Glibc

/// Files read and written as a whole.
enum WholeFile {
  /// The bytes of a regular file.
  static func read(_ path: String, sizeLimit: Int) throws(CheckpointError) -> [UInt8] {
    // Without O_NONBLOCK opening a named pipe would wait for a writer.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw .unreadable(path: path, reason: lastErrorText()) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw .unreadable(path: path, reason: lastErrorText()) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(path: path, reason: "it is not a regular file")
    }
    guard status.st_size <= sizeLimit else { throw .tooLarge(quantity: "bytes", limit: sizeLimit) }
    let size = Int(status.st_size)
    var failure: String?
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = Glibc.read(file, buffer.baseAddress.map { $0 + count }, size - count)
        if got < 0, errno == EINTR { continue }
        guard got > 0 else {
          failure = got < 0 ? lastErrorText() : "it became shorter while it was read"
          return
        }
        count += got
      }
    }
    if let failure { throw .unreadable(path: path, reason: failure) }
    return bytes
  }

  /// Writes a temporary file beside `path`, flushes it to the disk and renames it.
  static func write(_ bytes: [UInt8], to path: String) throws(CheckpointError) {
    let temporary = "\(path).\(getpid()).partial"
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw .unwritable(path: path, reason: lastErrorText()) }
    var failure = writeAll(bytes, to: file)
    if failure == nil, fsync(file) != 0 { failure = lastErrorText() }
    if close(file) != 0, failure == nil { failure = lastErrorText() }
    if failure == nil, rename(temporary, path) != 0 { failure = lastErrorText() }
    if let failure {
      unlink(temporary)
      throw .unwritable(path: path, reason: failure)
    }
  }

  /// Why not everything was written, or nil.
  private static func writeAll(_ bytes: [UInt8], to file: Int32) -> String? {
    bytes.withUnsafeBytes { buffer in
      var count = 0
      while count < buffer.count {
        let written = Glibc.write(file, buffer.baseAddress.map { $0 + count }, buffer.count - count)
        if written < 0, errno == EINTR { continue }
        guard written > 0 else { return lastErrorText() }
        count += written
      }
      return nil
    }
  }

  private static func lastErrorText() -> String { String(cString: strerror(errno)) }
}
