internal import CZlib

/// Checksums that tell files apart; no protection against forgery.
public enum Checksum {
  /// The CRC-32 of zip, gzip and PNG (ISO 3309, polynomial 0xEDB88320 reflected), by zlib.
  public static func crc32(_ bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBufferPointer { UInt32(truncatingIfNeeded: crc32_z(0, $0.baseAddress, $0.count)) }
  }
}
