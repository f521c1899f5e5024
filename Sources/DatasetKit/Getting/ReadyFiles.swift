internal import FoundationEssentials

/// Gets the files of a packaged data set as another cache has them.
struct ReadyFiles {
  let helper: FetchHelper
  /// The folder that holds one folder a data set.
  let cache: String

  /// Gets all files of a data set from `ORIGIN/NAME/FILE` into the folder `result`.
  func get(_ entry: DatasetEntry, from origin: String, to result: String) async throws(DatasetError) {
    let origin = origin.hasSuffix("/") ? String(origin.dropLast()) : origin
    guard FetchHelper.isAddress(origin) else {
      for file in entry.files {
        try Folder.copy("\(origin)/\(entry.name)/\(file.name)", to: "\(result)/\(file.name)")
      }
      return
    }
    let partial = try PartialDownloads(in: cache, for: entry.name)
    defer { partial.close() }
    for file in entry.files {
      let path = partial.file(file.name)
      if (try? file.check(path: path)) == nil {
        try await Download(helper: helper, address: "\(origin)/\(entry.name)/\(file.name)", path: path).run()
      }
      do {
        try file.check(path: path)
      } catch {
        Folder.remove(path)
        throw error
      }
      try Folder.move(path, to: "\(result)/\(file.name)")
    }
  }
}
