import CurveModel
import FoundationEssentials
import Glibc

/// The folder of a store: its mark, and the folders in it.
struct StoreFolder: Sendable, Equatable {
  let path: String

  private var markFile: String { path + "/store.json" }

  /// Creates the store with these folders in it if it does not exist, and makes sure that this program may write there.
  ///
  /// - Throws: ``StoreError``; nothing has been changed where the folder is no store or of a newer format.
  func open(with folders: [String]) throws(StoreError) {
    if try !exists() {
      guard try isNewOrEmpty() else { throw .notAStore(path: path) }
      try Self.make(path)
      try writeMark()
    }
    for folder in folders { try Self.make("\(path)/\(folder)") }
    for folder in folders where access("\(path)/\(folder)", W_OK | X_OK) != 0 {
      throw .cannotWrite(path: "\(path)/\(folder)", code: errno)
    }
  }

  /// Whether the folder is a store this program can read.
  func exists() throws(StoreError) -> Bool {
    guard let data = FileManager.default.contents(atPath: markFile) else {
      if access(markFile, F_OK) == 0 { throw .cannotRead(path: markFile, code: errno) }
      var isFolder = false
      if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder {
        throw .notAStore(path: path)
      }
      return false
    }
    let text = String(decoding: data, as: UTF8.self)
    guard let match = text.firstMatch(of: /"suggestStore"\s*:\s*(\d+)/), let version = Int(match.1) else {
      throw .damaged(path: markFile)
    }
    guard version <= CurveStore.formatVersion else {
      throw .newerFormat(path: path, found: version, supported: CurveStore.formatVersion)
    }
    return true
  }

  private func isNewOrEmpty() throws(StoreError) -> Bool {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return true }
    guard isFolder else { throw .notAStore(path: path) }
    guard let contents = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      throw .cannotRead(path: path, code: errno)
    }
    // A program killed while it created the store leaves the unfinished mark.
    return contents.allSatisfy { $0.hasPrefix("store.json.") }
  }

  private func writeMark() throws(StoreError) {
    try Self.write(Array("{\"suggestStore\":\(CurveStore.formatVersion)}\n".utf8), whole: markFile)
  }

  /// Writes a small file beside its place and renames it, so that no other program ever sees half of it.
  static func write(_ bytes: [UInt8], whole file: String) throws(StoreError) {
    let temporary = "\(file).\(getpid())"
    let descriptor = Glibc.open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .cannotWrite(path: file, code: errno) }
    var failure = writeAll(bytes, to: descriptor)
    if failure == 0, fsync(descriptor) != 0, errno != EINVAL { failure = errno }
    close(descriptor)
    if failure == 0, rename(temporary, file) != 0 { failure = errno }
    guard failure == 0 else {
      unlink(temporary)
      throw .cannotWrite(path: file, code: failure)
    }
  }

  /// Creates a folder and those above it; the reason of a failure is the system's own.
  static func make(_ folder: String) throws(StoreError) {
    let parts = folder.split(separator: "/", omittingEmptySubsequences: false)
    for count in 1...parts.count {
      let part = parts.prefix(count).joined(separator: "/")
      if part.isEmpty || mkdir(part, 0o777) == 0 || errno == EEXIST { continue }
      throw .cannotWrite(path: folder, code: errno)
    }
    var isFolder = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder else {
      throw .cannotWrite(path: folder, reason: "it is not a folder")
    }
  }

  /// Waits until the disk knows the names in a folder.
  ///
  /// - Returns: 0, or the `errno` of the call that failed.
  static func synchronize(_ folder: String) -> Int32 {
    let descriptor = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return errno }
    defer { close(descriptor) }
    // Some file systems cannot synchronise folders, and need not.
    return fsync(descriptor) == 0 || errno == EINVAL ? 0 : errno
  }

  /// `20261123T144501Z`: sorts by time and is a file name everywhere.
  static func stamp(_ secondsSince1970: Int) -> String {
    var seconds = time_t(secondsSince1970)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    let pad = { (value: Int32) in (value < 10 ? "0" : "") + "\(value)" }
    return "\(parts.tm_year + 1900)\(pad(parts.tm_mon + 1))\(pad(parts.tm_mday))T"
      + "\(pad(parts.tm_hour))\(pad(parts.tm_min))\(pad(parts.tm_sec))Z"
  }
}
