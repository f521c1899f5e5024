/// How much an archive may unpack to, whatever it claims.
public struct UnpackingLimits: Sendable, Equatable {
  /// The most bytes of the unpacked archive: all contents, also of entries that are left out, and headers.
  public var totalBytes: Int
  /// The most bytes of one file.
  public var fileBytes: Int
  /// The most entries.
  public var entries: Int
  /// The most bytes of a path.
  public var nameBytes: Int
  /// The most folders that a file may lie in, one in the other.
  public var levels: Int

  /// Sets limits.
  public init(
    totalBytes: Int = 4 << 30, fileBytes: Int = 256 << 20, entries: Int = 200_000, nameBytes: Int = 1024,
    levels: Int = 16
  ) {
    self.totalBytes = totalBytes
    self.fileBytes = fileBytes
    self.entries = entries
    self.nameBytes = nameBytes
    self.levels = levels
  }
}
