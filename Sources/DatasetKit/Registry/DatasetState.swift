internal import FoundationEssentials

extension DatasetEntry {
  /// The first folder that has one of the set's files, or a folder of photographs; nil where none has.
  public func folder(in folders: DataFolders) -> String? {
    folders.paths.map { "\($0)/\(folderName)" }.first { folder in
      if case .photographs = format { return Folder.isFolder(folder) }
      return files.contains { FileManager.default.fileExists(atPath: "\(folder)/\($0.name)") }
    }
  }

  /// Makes sure that all files of the set are there, without reading them.
  ///
  /// - Throws: ``DatasetError/missing(dataset:file:searched:remedy:)``.
  public func find(in folders: DataFolders) throws(DatasetError) {
    if case .photographs = format { _ = try photographFolder(in: folders) }
    for file in files { _ = try path(of: file.name, in: folders) }
  }

  /// The folder with the set's photographs.
  ///
  /// - Throws: ``DatasetError/missing(dataset:file:searched:remedy:)``.
  func photographFolder(in folders: DataFolders) throws(DatasetError) -> String {
    guard let place = folder(in: folders) else {
      throw .missing(
        dataset: name, file: "its photographs", searched: folders.paths.map { "\($0)/\(folderName)" },
        remedy: remedy)
    }
    return place
  }

  /// Compares all files of the set with their checksums; of photographs at least one must be there that can be decoded,
  /// ``photographCensus(in:willRead:)`` looks at all.
  ///
  /// - Throws: ``DatasetError``: `missing`, `unreadable`, `wrongChecksum` or `unsuitableFolder`.
  public func check(in folders: DataFolders) throws(DatasetError) {
    try find(in: folders)
    if isPhotographs {
      do {
        try PhotographFolder(photographFolder(in: folders)).checkOne()
      } catch { throw fetchingAgain(after: error) }
    }
    for file in files {
      try file.check(path: path(of: file.name, in: folders))
    }
  }
}

extension DatasetEntry.File {
  /// Compares the file in a folder with its checksum.
  func check(in folder: String, of dataset: String) throws(DatasetError) {
    let path = "\(folder)/\(name)"
    guard FileManager.default.fileExists(atPath: path) else {
      throw .missing(
        dataset: dataset, file: name, searched: [folder], remedy: "it should have been made; report this")
    }
    try check(path: path)
  }

  /// Compares a file with the checksum.
  func check(path: String) throws(DatasetError) {
    let found = try FileChecksum.sha256(of: path)
    guard found == checksum else {
      throw .wrongChecksum(path: path, expected: checksum, found: found)
    }
  }
}
