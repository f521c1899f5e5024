import Glibc
import Measuring

/// A file that the system may keep in memory after it was written or read.
struct CachedFile {
  private let path: String

  init(_ path: String) { self.path = path }

  /// How long the file is; nil where it cannot be read.
  var byteCount: Int? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_size : nil
  }

  /// Makes the system forget the file's contents, so that the next reader waits for the disk.
  ///
  /// - Returns: Whether less than a hundredth is still in memory: some file systems have no disk, and a file that
  ///   somebody has mapped stays.
  /// - Throws: `ProgramError` where the file cannot be opened.
  func evict() throws(ProgramError) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .cannotStart(path: path, reason: String(cString: strerror(errno))) }
    defer { close(file) }
    // Only what is on the disk already can be forgotten.
    fsync(file)
    posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED)
    return residentShare(file) < 0.01
  }

  /// The share of the file's pages that are in memory; 1 where the system does not say.
  private func residentShare(_ file: Int32) -> Double {
    guard let count = byteCount, count > 0,
      let mapping = mmap(nil, count, PROT_READ, MAP_SHARED, file, 0), mapping != MAP_FAILED
    else { return 1 }
    defer { munmap(mapping, count) }
    let page = sysconf(Int32(_SC_PAGESIZE))
    var pages = [UInt8](repeating: 0, count: (count + page - 1) / page)
    guard mincore(mapping, count, &pages) == 0 else { return 1 }
    return Double(pages.count { $0 & 1 != 0 }) / Double(pages.count)
  }
}
