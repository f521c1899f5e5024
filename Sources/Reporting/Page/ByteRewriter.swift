/// Replaces many short texts by others in one pass over a long text.
///
/// Where two begin at one place, the first in the list wins.
struct ByteRewriter {
  private var rules: [[(from: [UInt8], to: [UInt8])]] = Array(repeating: [], count: 256)

  init(_ rules: [(from: String, to: String)]) {
    for rule in rules {
      let from = Array(rule.from.utf8)
      self.rules[Int(from[0])].append((from, Array(rule.to.utf8)))
    }
  }

  func rewritten(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      if let rule = rules[Int(byte)].first(where: { bytes[index...].starts(with: $0.from) }) {
        result += rule.to
        index += rule.from.count
      } else {
        result.append(byte)
        index += 1
      }
    }
    return result
  }
}
