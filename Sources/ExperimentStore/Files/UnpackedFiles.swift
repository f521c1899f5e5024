/// The packed files that were read last, unpacked: records of several are often read in turns.
struct UnpackedFiles {
  /// The least recently used first.
  private var files: [(name: String, bytes: [UInt8])] = []

  /// What all may hold, in bytes; the one that was used last stays whatever its size.
  private let limit: Int

  init(limit: Int = 1 << 30) { self.limit = limit }

  /// The names of those that are held, the least recently used first.
  var names: [String] { files.map(\.name) }

  /// The bytes of a file, unpacked again where they are no longer held.
  ///
  /// - Throws: What `unpacked` throws.
  mutating func bytes(
    of name: String, unpacked: () throws(StoreError) -> [UInt8]
  ) throws(StoreError) -> [UInt8] {
    let file: (name: String, bytes: [UInt8])
    if let index = files.firstIndex(where: { $0.name == name }) {
      file = files.remove(at: index)
    } else {
      file = (name, try unpacked())
    }
    files.append(file)
    var total = files.reduce(0) { $0 + $1.bytes.count }
    while files.count > 1, total > limit { total -= files.removeFirst().bytes.count }
    return file.bytes
  }

  /// Forgets all: files may have changed.
  mutating func removeAll() { files.removeAll() }
}
