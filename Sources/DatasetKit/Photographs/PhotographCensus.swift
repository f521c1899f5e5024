/// How many photographs a data set has here, and how many of them can be decoded.
public struct PhotographCensus: Sendable, Equatable {
  /// How many files are called photographs.
  public let found: Int
  /// How many the whole set has.
  public let expected: Int
  /// Those that cannot be decoded, in the order of their paths, and why.
  public let damaged: [SkippedFile]

  /// How many can be decoded.
  public var sound: Int { found - damaged.count }
  /// Whether there are as many as the whole set has.
  public var isComplete: Bool { found == expected }
}

extension DatasetEntry {
  /// Counts the photographs of a folder and decodes each, on all cores, which takes seconds for thousands; nil where
  /// the set is none of photographs.
  ///
  /// - Parameters:
  ///   - folders: where to look.
  ///   - willRead: takes the number of photographs before they are read.
  /// - Throws: ``DatasetError``: `missing` or `unreadable`, and `unsuitableFolder` where none can be decoded.
  public func photographCensus(
    in folders: DataFolders, willRead: (Int) -> Void = { _ in }
  ) throws(DatasetError) -> PhotographCensus? {
    guard isPhotographs else { return nil }
    let place = try photographFolder(in: folders)
    do {
      return try PhotographFolder(place).census(expected: sampleCount, willRead: willRead)
    } catch { throw fetchingAgain(after: error) }
  }

  /// The error with the way out, where what is in the set's own folder is no data set.
  func fetchingAgain(after error: DatasetError) -> DatasetError {
    guard case .unsuitableFolder(let path, let reason) = error else { return error }
    return .unsuitableFolder(
      path: path, reason: "\(reason); or say suggest data fetch \(name) --again, which replaces the folder")
  }
}

extension PhotographFolder {
  /// Decodes every photograph.
  ///
  /// - Throws: ``DatasetError/unsuitableFolder(path:reason:)`` where none can be decoded.
  func census(expected: Int, willRead: (Int) -> Void = { _ in }) throws(DatasetError) -> PhotographCensus {
    guard !files.isEmpty else { throw .unsuitableFolder(path: path, reason: Self.lackOfPhotographs) }
    willRead(files.count)
    let problems = Photographs.problems(of: files.map { "\(path)/\($0)" })
    let damaged = zip(files, problems).compactMap { file, problem in
      problem.map { SkippedFile(path: file, reason: $0) }
    }
    if damaged.count == files.count {
      throw .unsuitableFolder(path: path, reason: Self.lackOfSoundPhotographs(files.count, damaged[0]))
    }
    return PhotographCensus(found: files.count, expected: expected, damaged: damaged)
  }

  /// Makes sure that a photograph can be decoded.
  ///
  /// - Throws: ``DatasetError/unsuitableFolder(path:reason:)``
  func checkOne() throws(DatasetError) {
    // Nearly always it is the first.
    for file in files where Photographs.problems(of: ["\(path)/\(file)"]) == [nil] { return }
    _ = try census(expected: 0)
  }

  /// Why a folder whose photographs are all damaged is no data set.
  static func lackOfSoundPhotographs(_ count: Int, _ first: SkippedFile) -> String {
    "none of its \(count) photographs can be decoded (\(first.path): \(first.reason))"
  }
}
