/// What an extended header says about the next entry, or about all that follow.
///
/// Source: POSIX.1-2017, pax, "pax Extended Header": records of `length keyword=value` and a line end, where the length
/// counts the whole record.
struct PaxRecords {
  /// A path that replaces the header's.
  var path: [UInt8]?
  /// A size that replaces the header's.
  var size: Int?

  /// Nothing said.
  init() {}

  /// Reads the records of a header.
  ///
  /// - Throws: ``ArchiveError/damagedTar(detail:)``
  init(_ bytes: [UInt8]) throws(ArchiveError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let space = rest.firstIndex(of: UInt8(ascii: " ")),
        let length = Self.decimal(rest[..<space]), length <= rest.count,
        case let record = rest.prefix(length), record.last == UInt8(ascii: "\n"), space < record.endIndex,
        let equals = record[space...].firstIndex(of: UInt8(ascii: "="))
      else { throw .damagedTar(detail: "an extended header has no sound records") }
      let keyword = record[(space + 1)..<equals]
      let value = record[(equals + 1)..<(record.endIndex - 1)]
      if keyword.elementsEqual("path".utf8) {
        path = Array(value)
      } else if keyword.elementsEqual("size".utf8) {
        guard let number = Self.decimal(value) else {
          throw .damagedTar(detail: "an extended header's size is no number")
        }
        size = number
      } else if keyword.starts(with: "GNU.sparse.".utf8) {
        throw .damagedTar(detail: "it has a file with holes, which is not read")
      }
      rest = rest.dropFirst(length)
    }
  }

  /// What is said here, else what `earlier` says.
  func replacing(_ earlier: PaxRecords) -> PaxRecords {
    var result = self
    result.path = path ?? earlier.path
    result.size = size ?? earlier.size
    return result
  }

  private static func decimal(_ digits: ArraySlice<UInt8>) -> Int? {
    guard !digits.isEmpty, digits.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) else {
      return nil
    }
    return Int(String(decoding: digits, as: UTF8.self))
  }
}
