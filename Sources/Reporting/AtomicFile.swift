internal import Glibc
internal import SystemPackage

/// Files that are there as a whole or not at all.
enum AtomicFile {
  /// Writes bytes to a temporary file in the same folder and renames it; the old file, if any, stays until
  /// then.
  static func write(_ bytes: [UInt8], to path: String) throws(ReportingError) {
    let temporary = "\(path).\(getpid()).partial"
    do {
      let file = try FileDescriptor.open(
        temporary, .writeOnly, options: [.create, .truncate, .closeOnExec],
        permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite])
      try file.closeAfter { _ = try file.writeAll(bytes) }
    } catch {
      unlink(temporary)
      throw .cannotWrite(path: path, reason: "\(error)")
    }
    guard rename(temporary, path) == 0 else {
      let reason = String(cString: strerror(errno))
      unlink(temporary)
      throw .cannotWrite(path: path, reason: reason)
    }
  }
}
