internal import FoundationEssentials
internal import Glibc

/// Changes to folders, with the system's reasons where they fail.
enum Folder {
  /// Makes a folder and those above it.
  static func create(_ path: String) throws(DatasetError) {
    var made = path.hasPrefix("/") ? "" : "."
    for part in path.split(separator: "/") {
      made += "/\(part)"
      guard mkdir(made, 0o777) == 0 || errno == EEXIST else { throw failure(made) }
    }
    guard isFolder(path) else {
      throw .cannotWrite(path: path, reason: String(cString: strerror(ENOTDIR)))
    }
  }

  /// Moves a file or folder to a place on the same disk, where no folder with content is.
  static func move(_ path: String, to place: String) throws(DatasetError) {
    guard rename(path, place) == 0 else { throw failure(place) }
  }

  /// Removes a file, or a folder with all that it holds; nothing happens where there is none.
  static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

  /// The paths of what a folder holds, sorted; hidden files too.
  static func content(of path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted().map { "\(path)/\($0)" }
  }

  /// Whether a path leads to a folder.
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Copies a file.
  ///
  /// - Throws: ``DatasetError``: `unreadable` or `cannotWrite`.
  static func copy(_ path: String, to place: String) throws(DatasetError) {
    guard access(path, R_OK) == 0 else {
      throw .unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    do {
      try FileManager.default.copyItem(atPath: path, toPath: place)
    } catch {
      throw .cannotWrite(path: place, reason: errno == 0 ? "\(error)" : String(cString: strerror(errno)))
    }
  }

  /// The bytes of an ordinary file, also behind a link; nil where there is none.
  static func size(of path: String) -> Int? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// The path of a file of this name in a folder or below it; nil where there is none.
  static func file(named name: String, below path: String) -> String? {
    for inner in content(of: path) {
      if isFolder(inner) {
        if let found = file(named: name, below: inner) { return found }
      } else if inner.hasSuffix("/\(name)") {
        return inner
      }
    }
    return nil
  }

  /// The path from the root.
  static func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
  }

  private static func failure(_ path: String) -> DatasetError {
    .cannotWrite(path: path, reason: String(cString: strerror(errno)))
  }
}
