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
    let expected = fstat(descriptor, &status) == 0 ? max(Int(status.st_size), 0) : 0
    // One byte more than a file has, so that its end is found without another piece.
    var bytes = try piece(of: descriptor, atMost: expected + 1, path: path)
    guard !bytes.isEmpty else { return bytes }
    while true {
      let further = try piece(of: descriptor, atMost: 1 << 18, path: path)
      if further.isEmpty { return bytes }
      bytes.append(contentsOf: further)
    }
  }

  private static func piece(of descriptor: Int32, atMost count: Int, path: String) throws(InputError)
    -> [UInt8]
  {
    while true {
      var failure: Int32 = 0
      let piece = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
        let got = read(descriptor, buffer.baseAddress, buffer.count)
        initialized = max(got, 0)
        if got < 0 { failure = errno }
      }
      switch failure {
      case 0: return piece
      case EINTR: continue
      // A folder can be opened; only reading it fails.
      case EISDIR: throw .unreadable(path: path, reason: "it is a folder")
      default: throw .readFailed(path: path, reason: String(cString: strerror(failure)))
      }
    }
  }
}

/// Why a file cannot be read.
enum InputError: Error, Equatable, CustomStringConvertible {
  case missing(path: String)
  case missingFolder(path: String)
  case unreadable(path: String, reason: String)
  case readFailed(path: String, reason: String)

  var description: String {
    switch self {
    case .missing(let path): "there is no file \(path)"
    case .missingFolder(let path): "there is no folder \(path)"
    case .unreadable(let path, let reason), .readFailed(let path, let reason):
      "cannot read \(path): \(reason)"
    }
  }
}
