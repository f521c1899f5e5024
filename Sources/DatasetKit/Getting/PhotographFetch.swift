internal import Archives
internal import FoundationEssentials

/// Gets a data set of photographs: by its archives, or from a folder.
struct PhotographFetch {
  let helper: FetchHelper
  /// The folder that holds one folder a data set.
  let cache: String
  let entry: DatasetEntry
  /// Any of them will do.
  let archives: [DatasetArchive]

  /// Puts the photographs into a new folder.
  ///
  /// - Parameters:
  ///   - origin: an archive or its address, or a folder; nil tries the addresses of all archives.
  ///   - result: the folder to make.
  /// - Throws: ``DatasetError``: `unreachable`, `unknownArchive`, `unreadable`, `unsuitableFolder`, `damaged`,
  ///   `programMissing`, `cannotWrite`.
  func get(from origin: String?, to result: String, _ workspace: Workspace) async throws(DatasetError) {
    switch origin {
    case nil: try await download(archives, to: result)
    case .some(let address) where FetchHelper.isAddress(address):
      try await download(archives.map { $0.at(address, for: entry.folderName) }, to: result)
    case .some(let folder) where Folder.isFolder(folder): try copy(folder, to: result)
    case .some(let file): try unpack(file, as: known(file), to: result)
    }
  }

  // MARK: Archives

  /// Downloads the first archive that can be had.
  private func download(_ archives: [DatasetArchive], to result: String) async throws(DatasetError) {
    let partial = try PartialDownloads(in: cache, for: entry.folderName)
    defer { partial.close() }
    var complaints: [String] = []
    for archive in archives {
      let path = partial.file(archive.file)
      do throws(DatasetError) {
        try await get(archive, to: path)
      } catch {
        switch error {
        case .programFailed(_, _, let message): complaints.append("\(archive.address): \(message)")
        case .unknownArchive(_, let reason, _): complaints.append("\(archive.address): \(reason)")
        default: throw error
        }
        if Task.isCancelled { break }
        continue
      }
      try unpack(path, as: archive, to: result)
      Folder.remove(path)
      return
    }
    throw .unreachable(
      name: entry.name, complaints: complaints,
      alternative:
        "download one elsewhere and say suggest data fetch \(entry.name) --from FILE, or name a folder of "
        + "photographs there")
  }

  /// Downloads an archive and makes sure that it is the known one; another is thrown away.
  private func get(_ archive: DatasetArchive, to path: String) async throws(DatasetError) {
    let wasWhole = Folder.size(of: path) == archive.size
    try await Download(helper: helper, address: archive.address, path: path, size: archive.size).run()
    guard let reason = try archive.misfit(of: path) else { return }
    Folder.remove(path)
    // What an earlier download left was whole, but spoilt: this time from the beginning.
    if wasWhole { return try await get(archive, to: path) }
    throw .unknownArchive(path: archive.address, reason: reason, known: archives.map(\.description))
  }

  /// Which of the known archives a file is.
  private func known(_ path: String) throws(DatasetError) -> DatasetArchive {
    helper.report("comparing \(path) with the checksums")
    var reason = ""
    for archive in archives {
      guard let misfit = try archive.misfit(of: path) else { return archive }
      reason = misfit
      // Where the size is right, the checksum tells why not.
      if Folder.size(of: path) == archive.size { break }
    }
    throw .unknownArchive(path: path, reason: reason, known: archives.map(\.description))
  }

  private func unpack(_ path: String, as archive: DatasetArchive, to result: String) throws(DatasetError) {
    helper.report("unpacking \(path)")
    do throws(ArchiveError) {
      let unpacked = try TarUnpacking(path).unpack(into: result, placing: archive.place)
      guard !unpacked.files.isEmpty else {
        throw .refused(entry: archive.photographFolder, reason: "it has no photographs")
      }
      helper.report("\(unpacked.files.count) photographs are unpacked")
    } catch {
      switch error {
      case .cannotWrite(let path, let reason): throw .cannotWrite(path: path, reason: reason)
      case .cannotRead(let path, let reason): throw .unreadable(path: path, reason: reason)
      default: throw .damaged(path: path, detail: error.description)
      }
    }
  }

  // MARK: Folders

  /// Copies the photographs of a folder, and nothing else.
  private func copy(_ folder: String, to result: String) throws(DatasetError) {
    let found = try PhotographFolder(folder)
    let census = try found.census(expected: entry.sampleCount) { count in
      helper.report("decoding \(count) photographs of \(folder)")
    }
    if let first = census.damaged.first {
      helper.report(
        "\(census.damaged.count) of them cannot be decoded and will be left out of every training, such as "
          + "\(first.path): \(first.reason)")
    }
    helper.report("copying \(found.files.count) photographs of \(folder)")
    for file in found.files {
      if let slash = file.lastIndex(of: "/") { try Folder.create("\(result)/\(file[..<slash])") }
      try Folder.create(result)
      try Folder.copy("\(folder)/\(file)", to: "\(result)/\(file)")
    }
    if !census.isComplete {
      helper.report(
        "\(entry.name) has \(entry.sampleCount) photographs: results of these \(found.files.count) cannot be compared"
      )
    }
  }
}
