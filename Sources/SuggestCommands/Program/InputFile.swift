import Glibc

/// Reads whole files.
enum InputFile {
  /// The bytes of the file at `path`.
  ///
  /// - Throws: ``InputError`` if it does not exist, is a folder, or cannot be read.
  static func bytes(at path: String) throws(InputError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw errno == ENOENT
        ? .missing(path: path) : .unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    return try bytes(of: descriptor, path: path)
  }

  /// The bytes left in an open file.
  static func bytes(of descriptor: Int32, path: String) throws(InputError) -> [UInt8] {
    var status = stat()
    let expected = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    var bytes: [UInt8] = []
    // One byte more than a file has, so that its end is found without another piece.
    var piece = expected + 1
    while true {
      var failure: Int32?
      let part = [UInt8](unsafeUninitializedCapacity: piece) { buffer, count in
        let got = read(descriptor, buffer.baseAddress, buffer.count)
        count = max(got, 0)
        failure = got < 0 ? errno : nil
      }
      if failure == EINTR { continue }
      if let failure { throw .unreadable(path: path, reason: String(cString: strerror(failure))) }
      if part.isEmpty { return bytes }
      bytes = bytes.isEmpty ? part : bytes + part
      piece = max(expected + 1 - bytes.count, 1 << 20)
    }
  }
}

/// Why a file cannot be read.
enum InputError: Error, Equatable, CustomStringConvertible {
  case missing(path: String)
  case unreadable(path: String, reason: String)

  var description: String {
    switch self {
    case .missing(let path): "there is no file \(path)"
    case .unreadable(let path, let reason): "cannot read \(path): \(reason)"
    }
  }
}
