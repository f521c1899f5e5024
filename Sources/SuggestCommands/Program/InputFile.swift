import Glibc

/// Reads whole files.
enum InputFile {
  /// The bytes of the file at `path`.
  ///
  /// - Throws: ``InputError`` if it does not exist, is a folder, or cannot be read.
  static func bytes(at path: String) throws(InputError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw errno == ENOENT ? .missing(path: path) : .unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    return try bytes(of: descriptor, path: path)
  }

  /// The bytes left in an open file.
  static func bytes(of descriptor: Int32, path: String) throws(InputError) -> [UInt8] {
    var status = stat()
    let expected = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    var bytes: [UInt8] = []
    bytes.reserveCapacity(expected + 1)
    var chunk = [UInt8](repeating: 0, count: max(min(expected, 1 << 24), 1 << 16))
    while true {
      let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .unreadable(path: path, reason: String(cString: strerror(errno))) }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
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
