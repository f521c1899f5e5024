internal import CZlib

/// One zlib inflate stream; the only place that hands pointers to zlib.
///
/// zlib remembers the address of its stream, hence an allocation of its own instead of a stored value.
final class Inflater {
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
