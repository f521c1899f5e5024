import Archives
import Glibc

/// A file open for reading.
struct FileBytes: ~Copyable {
  let path: String
  private let descriptor: Int32
  /// The size in bytes when the file was opened.
  let size: Int

  /// Opens a file.
  ///
  /// - Throws: ``StoreError/cannotRead(path:reason:)``.
  init(_ path: String) throws(StoreError) {
    self.path = path
    let opened = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else { throw .cannotRead(path: path, code: errno) }
    descriptor = opened
    var status = stat()
    size = fstat(opened, &status) == 0 ? Int(status.st_size) : 0
  }

  deinit { close(descriptor) }

  /// At most `count` bytes from `offset` on; fewer only at the end of the file.
  func bytes(at offset: Int, count: Int) throws(StoreError) -> [UInt8] {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      while initialized < count {
        let got = pread(
          descriptor, buffer.baseAddress.map { $0 + initialized }, count - initialized,
          off_t(offset + initialized))
        if got < 0, errno == EINTR { continue }
        if got < 0 { failure = errno }
        if got <= 0 { return }
        initialized += got
      }
    }
    guard failure == 0 else { throw .cannotRead(path: path, code: failure) }
    return bytes
  }

  /// Tells whether the first `count` bytes are those that were read before: a checksum of their beginning and end.
  ///
  /// A file that was replaced has another identity at its beginning, one that was cut off and continued another end.
  func fingerprint(ofFirst count: Int) throws(StoreError) -> UInt32 {
    let beginning = try bytes(at: 0, count: min(count, 256))
    let end = try bytes(at: max(count - 256, 0), count: min(count, 256))
    return Checksum.crc32(beginning + end)
  }
}
