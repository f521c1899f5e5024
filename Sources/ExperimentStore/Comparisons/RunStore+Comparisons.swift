import FoundationEssentials
import Glibc

extension RunStore {
  /// Keeps what a comparison asks for; does nothing where the store has it.
  ///
  /// - Throws: ``StoreError/cannotWrite(path:reason:)``; nothing half-written is left.
  public func keep(_ comparison: StoredComparison) throws(StoreError) {
    let folder = Self.comparisonFolder(path)
    let file = "\(folder)/\(comparison.fileName)"
    guard access(file, F_OK) != 0 else { return }
    try StoreFolder.make(folder)
    try StoreFolder.write(Array(comparison.text.utf8), whole: file)
  }

  /// The comparisons carried out into this store, sorted by the names of their files.
  ///
  /// - Throws: ``StoreError/cannotRead(path:reason:)``, or ``StoreError/damagedLine(path:line:problem:)`` for a file
  ///   whose text is not the one its name states.
  public func storedComparisons() throws(StoreError) -> [StoredComparison] {
    var found: [StoredComparison] = []
    for file in try Self.comparisonFiles(path) {
      let place = "\(Self.comparisonFolder(path))/\(file.file)"
      guard let data = FileManager.default.contents(atPath: place) else {
        throw .cannotRead(path: place, code: errno)
      }
      let comparison = StoredComparison(name: file.name, text: String(decoding: data, as: UTF8.self))
      guard comparison.fileName == file.file else {
        throw .damagedLine(
          path: place, line: 0, problem: "the text was changed: its hash is \(comparison.hash)")
      }
      found.append(comparison)
    }
    return found
  }

  private static func comparisonFolder(_ path: String) -> String { path + "/comparisons" }

  private static func comparisonFiles(_ path: String) throws(StoreError) -> [(file: String, name: String)] {
    let folder = comparisonFolder(path)
    guard access(folder, F_OK) == 0 else { return [] }
    guard let files = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw .cannotRead(path: folder, code: errno)
    }
    return files.sorted().compactMap { file in StoredComparison.name(ofFile: file).map { (file, $0) } }
  }
}
