public import CurveModel
import FoundationEssentials
import Glibc

/// A folder of recorded range tests.
///
/// ```
/// runs/store.json                  {"suggestStore":1}
/// runs/curves/NAME.jsonl           one curve each, in the toolkit's curve format
/// runs/figures/NAME.svg            its picture
/// ```
///
/// A curve's name begins with the time of its recording, so that the newest curve is the last by name, also after the
/// folder was copied. Files are created, never changed.
public struct CurveStore: Sendable, Equatable {
  /// The version of the layout this program writes, and the newest it reads.
  public static let formatVersion = 1

  /// The folder.
  public let path: String

  /// Names a store; nothing is read or written yet.
  public init(path: String) { self.path = path }

  private var markFile: String { path + "/store.json" }
  private var curveFolder: String { path + "/curves" }

  /// Where the picture of the curve called `name` lies.
  public func figurePath(of name: String) -> String { "\(path)/figures/\(name).svg" }

  // MARK: Writing

  /// Creates the store if it does not exist, and makes sure that this program may write to it.
  ///
  /// - Throws: ``StoreError`` if the folder cannot be created or written, is no store, or is of a newer format; then
  ///   nothing has been changed.
  public func open() throws(StoreError) {
    if try !exists() {
      guard try isNewOrEmpty() else { throw .notAStore(path: path) }
      try makeFolder(path)
      try writeMark()
    }
    try makeFolder(curveFolder)
    try makeFolder(path + "/figures")
    guard access(curveFolder, W_OK | X_OK) == 0 else { throw Self.cannotWrite(curveFolder) }
  }

  /// Starts the file of a new curve.
  ///
  /// - Parameters:
  ///   - header: The curve's header; data set, model, optimizer and seed go into the name.
  ///   - secondsSince1970: The time of recording.
  /// - Throws: ``CurveError/cannotCreate(path:reason:)`` or ``CurveError/writeFailed(path:reason:)``.
  public func newCurve(
    header: CurveHeader, at secondsSince1970: Int
  ) throws(CurveError) -> NewCurve {
    let labels = ["dataset", "model", "optimizer"].compactMap { header.taskLabel($0) }
    let seed = header.seed.map { ["seed\($0)"] } ?? []
    let stem = ([Self.stamp(secondsSince1970)] + labels + seed).joined(separator: "-")
      .map { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "." ? $0 : "_" }
    // Two recordings within one second get a number; the first free one, so that none is overwritten.
    var attempt = 1
    while true {
      let name = String(stem) + (attempt == 1 ? "" : "-\(attempt)")
      let file = "\(curveFolder)/\(name).jsonl"
      do throws(CurveError) {
        return NewCurve(name: name, path: file, writer: try CurveWriter(path: file, header: header))
      } catch {
        // Another program may have taken the name a moment ago.
        guard case .cannotCreate = error, access(file, F_OK) == 0 else { throw error }
        attempt += 1
      }
    }
  }

  /// `20261123T144501Z`: sorts by time and is a file name everywhere.
  private static func stamp(_ secondsSince1970: Int) -> String {
    var seconds = time_t(secondsSince1970)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    let pad = { (value: Int32) in (value < 10 ? "0" : "") + "\(value)" }
    return "\(parts.tm_year + 1900)\(pad(parts.tm_mon + 1))\(pad(parts.tm_mday))T"
      + "\(pad(parts.tm_hour))\(pad(parts.tm_min))\(pad(parts.tm_sec))Z"
  }

  // MARK: Reading

  /// The path of the newest curve; files without a step, which only a crash leaves behind, do not count.
  ///
  /// - Throws: ``StoreError/noCurve(path:)`` if there is no store or no curve in it, and what is wrong with a damaged one.
  public func newestCurve() throws(StoreError) -> String {
    guard try exists() else { throw .noCurve(path: path) }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: curveFolder)) ?? []
    let files = names.filter { $0.hasSuffix(".jsonl") }.sorted(by: Self.isOlder).map {
      "\(curveFolder)/\($0)"
    }
    guard let newest = files.last(where: Self.hasContent) else { throw .noCurve(path: path) }
    return newest
  }

  private static func hasContent(_ file: String) -> Bool {
    var status = stat()
    return stat(file, &status) == 0 && status.st_size > 0
  }

  /// By time, then length, then name: `…-10` comes after `…-9`.
  private static func isOlder(_ first: String, _ second: String) -> Bool {
    let stamps = (first.prefix(16), second.prefix(16))
    if stamps.0 != stamps.1 { return stamps.0 < stamps.1 }
    return (first.count, first) < (second.count, second)
  }

  /// Whether the folder is a store this program can read.
  private func exists() throws(StoreError) -> Bool {
    guard let data = FileManager.default.contents(atPath: markFile) else {
      if access(markFile, F_OK) == 0 {
        throw .cannotRead(path: markFile, reason: String(cString: strerror(errno)))
      }
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
    guard version <= Self.formatVersion else {
      throw .newerFormat(path: path, found: version, supported: Self.formatVersion)
    }
    return true
  }

  private func isNewOrEmpty() throws(StoreError) -> Bool {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return true }
    guard isFolder else { throw .notAStore(path: path) }
    guard let contents = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      throw .cannotRead(path: path, reason: String(cString: strerror(errno)))
    }
    // A program killed while it created the store leaves the unfinished mark.
    return contents.allSatisfy { $0.hasPrefix("store.json.") }
  }

  /// Creates a folder and those above it; the reason of a failure is the system's own.
  private func makeFolder(_ folder: String) throws(StoreError) {
    let parts = folder.split(separator: "/", omittingEmptySubsequences: false)
    for count in 1...parts.count {
      let part = parts.prefix(count).joined(separator: "/")
      if part.isEmpty || mkdir(part, 0o777) == 0 || errno == EEXIST { continue }
      throw Self.cannotWrite(folder)
    }
    var isFolder = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder else {
      throw .cannotWrite(path: folder, reason: "it is not a folder")
    }
  }

  /// Written beside and renamed, so that no other program ever sees half of it.
  private func writeMark() throws(StoreError) {
    let temporary = "\(markFile).\(getpid())"
    let descriptor = Glibc.open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Self.cannotWrite(markFile) }
    var failure = writeAll(Array("{\"suggestStore\":\(Self.formatVersion)}\n".utf8), to: descriptor)
    close(descriptor)
    if failure == 0, rename(temporary, markFile) != 0 { failure = errno }
    guard failure == 0 else {
      unlink(temporary)
      throw .cannotWrite(path: markFile, reason: String(cString: strerror(failure)))
    }
  }

  private static func cannotWrite(_ path: String) -> StoreError {
    .cannotWrite(path: path, reason: String(cString: strerror(errno)))
  }
}

/// A curve that is being recorded into a store.
public struct NewCurve: ~Copyable {
  /// Its name in the store.
  public let name: String
  /// Its file.
  public let path: String
  /// Appends its steps.
  public var writer: CurveWriter
}

/// Why a store cannot be used.
public enum StoreError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is no curve to read.
  case noCurve(path: String)
  /// The folder holds something else.
  case notAStore(path: String)
  /// The file that marks the store is damaged.
  case damaged(path: String)
  /// A newer program wrote the store.
  case newerFormat(path: String, found: Int, supported: Int)
  /// The operating system refuses to read.
  case cannotRead(path: String, reason: String)
  /// The operating system refuses to write.
  case cannotWrite(path: String, reason: String)

  /// One sentence: what is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .noCurve(let path):
      "no curve has been recorded in \(path) yet: record one with `suggest record --dataset digits`, or name a curve file"
    case .notAStore(let path):
      "\(path) is not empty and no store of curves: choose another folder with --store"
    case .damaged(let path):
      "\(path) does not say which format the store has: restore it, or choose another --store"
    case .newerFormat(let path, let found, let supported):
      "the store \(path) is of format \(found), this program writes \(supported): update suggest, or choose another --store"
    case .cannotRead(let path, let reason): "cannot read \(path): \(reason)"
    case .cannotWrite(let path, let reason): "cannot write to \(path): \(reason)"
    }
  }
}
