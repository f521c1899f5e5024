internal import Synchronization

/// The photographs that a process has read and checked, for data sets that differ in labels, split or size only: each
/// file is read and decoded in full once, and its bytes are in memory once.
///
/// Files that change in the meantime are not read again.
public final class PhotographCache: Sendable {
  private let files = Mutex<[String: Photographs.CheckedFile]>([:])

  /// Begins without photographs.
  public init() {}

  /// What a file holds, read by `read` the first time; a file that cannot be read is tried again.
  func file(
    _ path: String, read: (String) -> Photographs.CheckedFile?
  ) -> Photographs.CheckedFile? {
    if let known = files.withLock({ $0[path] }) { return known }
    guard let file = read(path) else { return nil }
    files.withLock { $0[path] = file }
    return file
  }
}
