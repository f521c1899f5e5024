internal import CZlib

/// Reading of gzip data (RFC 1952) through zlib.
public enum Gzip {
  /// Unpacks gzip data of one or several members.
  ///
  /// zlib verifies each member's CRC-32 and length. The result grows by doubling from an estimate and never beyond
  /// `limit`, so that a small hostile file cannot claim much memory.
  ///
  /// - Parameters:
  ///   - bytes: the whole gzip file.
  ///   - limit: the largest unpacked size to accept, in bytes.
  /// - Returns: the unpacked bytes of all members, in order.
  /// - Throws: ``ArchiveError``: not gzip, truncated, damaged (also a wrong checksum), too large, out of memory.
  public static func unpack(_ bytes: [UInt8], limit: Int) throws(ArchiveError) -> [UInt8] {
    precondition(limit >= 0, "the bound of an unpacked size cannot be negative")
    guard bytes.starts(with: magic.prefix(bytes.count)), !bytes.isEmpty else { throw .notGzip }
    let inflater = try Inflater()
    // One byte more than allowed shows that the data are too large.
    let capacity = limit == .max ? limit : limit + 1
    var output = [UInt8](repeating: 0, count: min(capacity, max(bytes.count * 4, 4096)))
    var consumed = 0
    var produced = 0
    while true {
      let progress = try inflater.advance(bytes, from: consumed, into: &output, at: produced)
      consumed += progress.consumed
      produced += progress.produced
      guard produced <= limit else { throw .tooLarge(limit: limit) }
      if progress.isAtMemberEnd {
        // gzip ignores what follows the last member unless it is another one.
        guard bytes[consumed...].starts(with: magic) else { break }
        try inflater.reset()
      } else if produced == output.count {
        output += [UInt8](repeating: 0, count: min(output.count, capacity - output.count))
      } else if consumed == bytes.count {
        throw .truncated
      }
    }
    output.removeLast(output.count - produced)
    return output
  }

  private static let magic: [UInt8] = [0x1f, 0x8b]
}

/// One zlib inflate stream; the only place that hands pointers to zlib.
///
/// zlib remembers the address of its stream, hence an allocation of its own instead of a stored value.
private final class Inflater {
  private let stream: UnsafeMutablePointer<z_stream>
  /// zlib's largest window, with the flag 16 that makes it expect a gzip header.
  private static let gzipWindowBits: Int32 = MAX_WBITS + 16
  /// The most that one call is given: zlib counts in 32 bits.
  private static let chunk = 1 << 30

  init() throws(ArchiveError) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let code = inflateInit2_(
      stream, Self.gzipWindowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard code == Z_OK else { throw .outOfMemory }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  func reset() throws(ArchiveError) {
    guard inflateReset(stream) == Z_OK else { throw .damaged(detail: "a member cannot be started") }
  }

  /// Inflates as much as input and room allow; zlib uses the pointers during the call only.
  func advance(
    _ input: [UInt8], from start: Int, into output: inout [UInt8], at position: Int
  ) throws(ArchiveError) -> (consumed: Int, produced: Int, isAtMemberEnd: Bool) {
    let available = min(input.count - start, Self.chunk)
    let room = min(output.count - position, Self.chunk)
    let code = input.withUnsafeBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress.map { $0 + start })
        stream.pointee.avail_in = UInt32(available)
        stream.pointee.next_out = target.baseAddress.map { $0 + position }
        stream.pointee.avail_out = UInt32(room)
        return inflate(stream, Z_NO_FLUSH)
      }
    }
    // Z_BUF_ERROR only says that this call could not go on: the caller makes room or reports a truncation.
    switch code {
    case Z_OK, Z_STREAM_END, Z_BUF_ERROR: break
    case Z_MEM_ERROR: throw .outOfMemory
    default: throw .damaged(detail: stream.pointee.msg.map { String(cString: $0) } ?? "zlib error \(code)")
    }
    return (
      available - Int(stream.pointee.avail_in), room - Int(stream.pointee.avail_out), code == Z_STREAM_END
    )
  }
}
