/// A file of MNIST's idx format: a magic number, the extents, then bytes.
///
/// Source: Y. LeCun, C. Cortes, C. J. C. Burges, "The MNIST database of handwritten digits"; numbers are big-endian.
struct IDXFile {
  /// The extents, the number of items first.
  let extents: [Int]
  /// The values behind the header.
  let bytes: [UInt8]

  /// Unsigned bytes, in the third byte of the magic number; the fourth is the number of extents.
  private static let unsignedByteType: UInt32 = 0x08

  /// Reads the content of an idx file of unsigned bytes with `dimensions` extents.
  init(_ content: consuming [UInt8], dimensions: Int, path: String) throws(DatasetError) {
    let header = 4 * (1 + dimensions)
    guard content.count >= header else {
      throw .damaged(path: path, detail: "it has \(content.count) bytes, less than an idx header")
    }
    let numbers = (0...dimensions).map { word in
      content[4 * word..<4 * word + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    }
    let magic = Self.unsignedByteType << 8 | UInt32(dimensions)
    guard numbers[0] == magic else {
      throw .damaged(path: path, detail: "its magic number is \(numbers[0]), not \(magic)")
    }
    extents = numbers.dropFirst().map(Int.init)
    let expected = extents.reduce((count: 1, overflow: false)) { product, extent in
      let next = product.count.multipliedReportingOverflow(by: extent)
      return (next.partialValue, product.overflow || next.overflow)
    }
    guard !expected.overflow, content.count - header == expected.count else {
      throw .damaged(
        path: path, detail: "its header announces \(extents) values but \(content.count - header) follow")
    }
    // Moved to the front in place: a copy of all pictures would cost a tenth of the loading time.
    content.removeFirst(header)
    bytes = content
  }
}
