import Glibc

/// Cuts bytes that come in pieces into lines.
struct LineSplitter {
  /// Where the next line begins, in bytes from the beginning of the text.
  private(set) var offset: Int
  /// What has come of a line that is not whole yet.
  private(set) var rest: [UInt8] = []

  init(offset: Int) { self.offset = offset }

  /// Calls `body` with every line that `piece` completes, without its line end, and where it begins.
  mutating func add(_ piece: [UInt8], _ body: ([UInt8], Int) -> Void) {
    var start = 0
    piece.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return }
      while let found = memchr(base + start, Int32(UInt8(ascii: "\n")), buffer.count - start) {
        let end = UnsafeRawPointer(found) - base
        let line = rest + buffer[start..<end]
        body(line, offset)
        offset += line.count + 1
        rest.removeAll(keepingCapacity: true)
        start = end + 1
        if start == buffer.count { return }
      }
    }
    rest += piece[start...]
  }
}
