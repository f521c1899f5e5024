import Glibc

/// Hands all bytes to the operating system, however many calls it takes.
///
/// A call that a signal interrupts is made again, and one that takes only part of the bytes is continued.
///
/// - Returns: 0, or the `errno` of the call that failed; some of the bytes may then have been written.
package func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
  bytes.withUnsafeBytes { buffer in
    var rest = buffer[...]
    while !rest.isEmpty {
      let written = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if written < 0 {
        if errno == EINTR { continue }
        return errno
      }
      // A device that takes nothing and reports no error would be asked for ever.
      if written == 0 { return EIO }
      rest = rest.dropFirst(written)
    }
    return 0
  }
}
