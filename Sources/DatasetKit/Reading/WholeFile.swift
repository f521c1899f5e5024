internal import FoundationEssentials

/// A file of a data set as it is.
enum WholeFile {
  /// All bytes of a file.
  static func content(of path: String) throws(DatasetError) -> [UInt8] {
    do {
      return [UInt8](try Data(contentsOf: URL(filePath: path)))
    } catch {
      throw .unreadable(path: path, reason: "\(error)")
    }
  }
}

extension DatasetEntry {
  /// Where the set's file, the first or the one of that name, is.
  ///
  /// - Throws: ``DatasetError/missing(dataset:file:searched:remedy:)``
  func path(of file: String? = nil, in folders: DataFolders) throws(DatasetError) -> String {
    try folders.path(of: file ?? files[0].name, dataset: name, remedy: remedy)
  }
}
