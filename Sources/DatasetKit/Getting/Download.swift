/// A file that is downloaded by curl, going on where an earlier download ended.
struct Download {
  let helper: FetchHelper
  /// Where it is.
  let address: String
  /// Where it is kept; what is there already is its beginning.
  let path: String
  /// Its size in bytes, where that is known: then no more is downloaded.
  var size: Int?

  /// A server that is silent for so many seconds is given up.
  private static let patience = 60
  /// How often a long download says how far it is, in seconds.
  private static let reportInterval = 15

  /// Downloads what is missing.
  ///
  /// - Throws: ``DatasetError``: `programMissing`, `programFailed` with curl's reason; what has come stays.
  func run() async throws(DatasetError) {
    let present = Folder.size(of: path) ?? 0
    if let size, present > size { Folder.remove(path) }
    if let size, present == size { return }
    helper.report("downloading \(address)\(size.map { " (\($0 / 1_000_000) MB)" } ?? "")")
    let watch = Task { [helper, path, size] in
      while true {
        try await Task.sleep(for: .seconds(Self.reportInterval))
        let whole = size.map { " of \($0 / 1_000_000)" } ?? ""
        helper.report("\((Folder.size(of: path) ?? 0) / 1_000_000)\(whole) MB are here")
      }
    }
    defer { watch.cancel() }
    do {
      try await curl()
    } catch .programFailed(_, _, let message) where message.hasPrefix("curl: (33)") {
      // The server cannot send the rest alone.
      Folder.remove(path)
      try await curl()
    }
  }

  private func curl() async throws(DatasetError) {
    // Curl works in the file's folder; what it complains about is gone when it succeeds.
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    defer { Folder.remove("\(folder)/\(ExternalProgram.complaints)") }
    try await helper.program("curl", to: "download \(address)").run(
      [
        "--fail", "--location", "--silent", "--show-error", "--connect-timeout", "\(Self.patience / 2)",
        "--speed-limit", "1", "--speed-time", "\(Self.patience)",
      ] + (size.map { ["--max-filesize", "\($0)"] } ?? []) + [
        "--continue-at", "-", "--output", Folder.absolute(path), "--url", address,
      ], in: folder)
  }
}

/// The folder of a cache in which downloads begin; it goes away where it is empty.
struct PartialDownloads {
  private let path: String
  private let parent: String

  /// Makes the folder for one data set.
  init(in cache: String, for name: String) throws(DatasetError) {
    parent = "\(cache)/.partial"
    path = "\(parent)/\(name)"
    try Folder.create(path)
  }

  /// The path of a file in it.
  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Removes the folder unless something is left to go on with.
  func close() {
    for folder in [path, parent] where Folder.content(of: folder).isEmpty { Folder.remove(folder) }
  }
}
