internal import CZlib

/// Packs bytes that come in pieces into one gzip member (RFC 1952), with the strongest compression.
///
/// Name and time are left out of the header: the same bytes in the same pieces give the same file, with the same zlib.
public final class GzipPacker {
  private let stream: UnsafeMutablePointer<z_stream>
  private static let outputSize = 1 << 16
  /// zlib's largest window, with the flag 16 that makes it write a gzip header.
  private static let gzipWindowBits: Int32 = MAX_WBITS + 16
  private static let defaultMemory: Int32 = 8

  /// Starts a member.
  ///
  /// - Throws: ``ArchiveError/outOfMemory``.
  public init() throws(ArchiveError) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let code = deflateInit2_(
      stream, Z_BEST_COMPRESSION, Z_DEFLATED, Self.gzipWindowBits, Self.defaultMemory, Z_DEFAULT_STRATEGY,
      ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard code == Z_OK else { throw .outOfMemory }
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  /// Adds bytes, and returns the packed bytes that are ready.
  public func add(_ bytes: [UInt8]) -> [UInt8] {
    var packed: [UInt8] = []
    var start = 0
    while start < bytes.count {
      let count = min(bytes.count - start, 1 << 30)  // zlib counts in 32 bits
      packed += advance(bytes, from: start, count: count, Z_NO_FLUSH)
      start += count
    }
    return packed
  }

  /// Ends the member, and returns the rest of the packed bytes; call it once, as the last.
  public func finish() -> [UInt8] { advance([], from: 0, count: 0, Z_FINISH) }

  /// Deflates all of the input; zlib uses the pointers during each call only.
  private func advance(_ input: [UInt8], from start: Int, count: Int, _ flush: Int32) -> [UInt8] {
    var packed: [UInt8] = []
    var output = [UInt8](repeating: 0, count: Self.outputSize)
    input.withUnsafeBufferPointer { source in
      stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress.map { $0 + start })
      stream.pointee.avail_in = UInt32(count)
      // A full output may have more behind it; zlib has no other failure for a stream that was initialised.
      repeat {
        output.withUnsafeMutableBufferPointer { target in
          stream.pointee.next_out = target.baseAddress
          stream.pointee.avail_out = UInt32(target.count)
          _ = deflate(stream, flush)
        }
        packed += output.prefix(Self.outputSize - Int(stream.pointee.avail_out))
      } while stream.pointee.avail_out == 0
    }
    return packed
  }
}
