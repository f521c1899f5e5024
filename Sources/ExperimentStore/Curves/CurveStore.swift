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
/// folder was copied. Files are created, never changed. A ``RunStore`` may lie in the same folder.
public struct CurveStore: Sendable, Equatable {
  /// The version of the layout this program writes, and the newest it reads.
  public static let formatVersion = 1

  /// The folder.
  public let path: String

  /// Names a store; nothing is read or written yet.
  public init(path: String) { self.path = path }

  private var folder: StoreFolder { StoreFolder(path: path) }
  private var curveFolder: String { path + "/curves" }

  /// Where the picture of the curve called `name` lies.
  public func figurePath(of name: String) -> String { "\(path)/figures/\(name).svg" }

  // MARK: Writing

  /// Creates the store if it does not exist, and makes sure that this program may write to it.
  ///
  /// - Throws: ``StoreError`` if the folder cannot be created or written, is no store, or is of a newer format; then
  ///   nothing has been changed.
  public func open() throws(StoreError) {
    try folder.open(with: ["curves", "figures"])
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
    let stem = ([StoreFolder.stamp(secondsSince1970)] + labels + seed).joined(separator: "-")
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

  // MARK: Reading

  /// The path of the newest curve; files without a step, which only a crash leaves behind, do not count.
  ///
  /// - Throws: ``StoreError/noCurve(path:)`` if there is no store or no curve in it, and what is wrong with a damaged one.
  public func newestCurve() throws(StoreError) -> String {
    guard try folder.exists() else { throw .noCurve(path: path) }
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
