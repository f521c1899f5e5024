internal import Archives
package import ExperimentStore
internal import FoundationEssentials
internal import Glibc

extension WorkflowFolder {
  /// Makes the folder where it is missing, marks it as a workflow's and takes it for this program.
  ///
  /// - Returns: The claim, to be kept while the workflow runs.
  /// - Throws: ``WorkflowFolderError``.
  package func take() throws(WorkflowFolderError) -> RunClaim {
    try Self.make(path)
    var hash = SHA256Hash()
    hash.add("workflow".utf8)
    let claim: RunClaim?
    do throws(StoreError) {
      claim = try RunClaims(store: path).claim(RunID(hash.bytes))
    } catch {
      guard case .cannotWrite(let path, let reason) = error else {
        throw .cannotWrite(path: path, reason: "\(error)")
      }
      throw .cannotWrite(path: path, reason: reason)
    }
    guard let claim else { throw .busy(path: path) }
    // The list marks the folder from now on, whatever else is in it when the program is killed.
    let descriptor = open(journalPath, O_WRONLY | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .cannotWrite(path: journalPath, code: errno) }
    close(descriptor)
    return claim
  }

  /// Makes an empty folder for what the stage at hand writes.
  ///
  /// - Throws: ``WorkflowFolderError/cannotWrite(path:reason:)``.
  package func begin() throws(WorkflowFolderError) {
    try discard()
    try Self.make(unfinished)
  }

  /// Removes what a stage wrote and did not finish.
  ///
  /// - Throws: ``WorkflowFolderError/cannotWrite(path:reason:)``.
  package func discard() throws(WorkflowFolderError) {
    guard access(unfinished, F_OK) == 0 else { return }
    do {
      try FileManager.default.removeItem(atPath: unfinished)
    } catch {
      throw .cannotWrite(path: unfinished, reason: "what an earlier run left there cannot be removed")
    }
  }

  /// Gives files of the stage at hand their places.
  ///
  /// - Parameter files: Their roles and names; of those that are not there an earlier one is removed.
  /// - Returns: The files with their hashes.
  /// - Throws: ``WorkflowFolderError``.
  package func publish(_ files: [(role: String, name: String)]) throws(WorkflowFolderError) -> [StageRecord
    .File]
  {
    var published: [StageRecord.File] = []
    for (role, name) in files {
      let source = "\(unfinished)/\(name)"
      guard let hash = try FileContent.hash(of: source) else {
        guard unlink(file(name)) == 0 || errno == ENOENT else {
          throw .cannotWrite(path: file(name), code: errno)
        }
        continue
      }
      try Self.synchronize(source)
      guard rename(source, file(name)) == 0 else { throw .cannotWrite(path: file(name), code: errno) }
      published.append(StageRecord.File(role: role, name: name, hash: hash))
    }
    return published
  }

  /// Waits until the disk has a file.
  private static func synchronize(_ path: String) throws(WorkflowFolderError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotWrite(path: path, code: errno) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw .cannotWrite(path: path, code: errno) }
  }

  /// Makes a folder and those above it.
  private static func make(_ folder: String) throws(WorkflowFolderError) {
    let parts = folder.split(separator: "/", omittingEmptySubsequences: false)
    for count in 1...parts.count {
      let part = parts.prefix(count).joined(separator: "/")
      if part.isEmpty || mkdir(part, 0o777) == 0 || errno == EEXIST { continue }
      throw .cannotWrite(path: folder, code: errno)
    }
    guard access(folder, W_OK | X_OK) == 0 else { throw .cannotWrite(path: folder, code: errno) }
    var status = stat()
    guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw .cannotWrite(path: folder, reason: "it is no folder")
    }
  }
}
