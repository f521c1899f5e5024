internal import FoundationEssentials
internal import Glibc

/// What came out of an archive.
public struct UnpackedArchive: Sendable, Equatable {
  /// An entry that was left out because it is neither a file nor a folder.
  public struct Skipped: Sendable, Equatable {
    /// Its name in the archive.
    public let name: String
    /// Why it was left out, in a few words.
    public let reason: String
  }

  /// The paths of the files below the folder, in the archive's order.
  public let files: [String]
  /// The sum of their sizes.
  public let bytes: Int
  /// The links, devices and pipes: none of them is ever made.
  public let skipped: [Skipped]
}

/// Unpacks a gzip-compressed tar archive into a new folder.
///
/// Only files and the folders they lie in are made, with the process's usual permissions, and never over something that
/// is there. A path that is absolute or has `..`, a path that comes twice, or one that is a file and a folder: each is
/// refused with the whole archive. Links, devices and pipes are left out and listed; since there are no links, nothing
/// can lead out of the folder.
public struct TarUnpacking: Sendable {
  /// The archive's file.
  public let archive: String
  /// How much it may unpack to.
  public let limits: UnpackingLimits

  /// Describes the unpacking of a file.
  public init(_ archive: String, limits: UnpackingLimits = UnpackingLimits()) {
    self.archive = archive
    self.limits = limits
  }

  /// Unpacks into a folder that is not there yet; it comes into place at the end, all at once.
  ///
  /// A task that is cancelled stops between two entries.
  ///
  /// - Parameters:
  ///   - folder: the folder to make; the one above it must be there.
  ///   - place: the path below the folder that a file gets, from its path in the archive; nil leaves it out.
  /// - Throws: ``ArchiveError``; then nothing is left behind.
  public func unpack(
    into folder: String, placing place: (_ name: String) -> String? = { $0 }
  ) throws(ArchiveError) -> UnpackedArchive {
    let partial = folder + ".partial"
    guard mkdir(partial, 0o777) == 0 else { throw Self.failure(partial) }
    do throws(ArchiveError) {
      let unpacked = try unpack(in: partial, placing: place)
      guard rename(partial, folder) == 0 else { throw Self.failure(folder) }
      return unpacked
    } catch {
      try? FileManager.default.removeItem(atPath: partial)
      throw error
    }
  }

  private func unpack(
    in folder: String, placing place: (_ name: String) -> String?
  ) throws(ArchiveError) -> UnpackedArchive {
    let reader = TarReader(try GzipFileReader(archive, limit: limits.totalBytes))
    var files: [String] = []
    var skipped: [UnpackedArchive.Skipped] = []
    var (bytes, entries) = (0, 0)
    while let entry = try reader.next() {
      if Task.isCancelled { throw .cancelled }
      entries += 1
      guard entries <= limits.entries else {
        throw .tooManyEntries(count: entries, limit: limits.entries)
      }
      let name = try checked(entry.name)
      guard entry.size <= limits.fileBytes else {
        throw .refused(entry: name, reason: "it has \(entry.size) bytes, more than \(limits.fileBytes)")
      }
      switch entry.kind {
      case .folder: break  // made where a file needs it
      case .other(let kind): skipped.append(.init(name: name, reason: "it is \(kind)"))
      case .file:
        guard let target = place(name) else { continue }
        try write(reader, to: checked(target), below: folder)
        files.append(target)
        bytes += entry.size
      }
    }
    try reader.finish()
    return UnpackedArchive(files: files, bytes: bytes, skipped: skipped)
  }

  /// A path without `.` and empty parts.
  private func checked(_ name: String) throws(ArchiveError) -> String {
    let shown = String(String.UnicodeScalarView(name.unicodeScalars.filter { $0.value >= 0x20 }).prefix(100))
    func refused(_ reason: String) -> ArchiveError { .refused(entry: shown, reason: reason) }
    guard name.utf8.count <= limits.nameBytes else { throw refused("its name is too long") }
    guard !name.hasPrefix("/") else { throw refused("its path is absolute") }
    guard name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f }) else {
      throw refused("its name has control characters")
    }
    let parts = name.split(separator: "/").filter { $0 != "." }
    guard !parts.contains("..") else { throw refused("its path leads out of the folder") }
    guard parts.count <= limits.levels + 1 else { throw refused("it lies too deep") }
    return parts.joined(separator: "/")
  }

  /// Writes the current entry's content into a new file.
  private func write(_ reader: TarReader, to name: String, below folder: String) throws(ArchiveError) {
    guard !name.isEmpty else { throw .refused(entry: "without a name", reason: "it is a file") }
    var made = folder
    for part in name.split(separator: "/").dropLast() {
      made += "/\(part)"
      var status = stat()
      guard mkdir(made, 0o777) == 0 || errno == EEXIST else { throw Self.failure(made) }
      guard lstat(made, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
        throw .refused(entry: name, reason: "it lies in a folder that is a file")
      }
    }
    let path = "\(folder)/\(name)"
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard file >= 0 else {
      throw errno == EEXIST ? .refused(entry: name, reason: "it is there twice") : Self.failure(path)
    }
    defer { close(file) }
    while let piece = try reader.content() {
      var rest = piece
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw Self.failure(path) }
        rest = rest.dropFirst(count)
      }
    }
  }

  private static func failure(_ path: String) -> ArchiveError {
    .cannotWrite(path: path, reason: String(cString: strerror(errno)))
  }
}
