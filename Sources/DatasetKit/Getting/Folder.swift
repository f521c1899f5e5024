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

  private static func failure(_ path: String) -> DatasetError {
    .cannotWrite(path: path, reason: String(cString: strerror(errno)))
  }
}

/// A folder in the cache for one fetch: what is in it is not yet a data set, and goes away with the fetch.
struct Workspace {
  let path: String
  private static let prefix = ".fetch-"

  /// Makes the folder, and removes those whose processes are gone.
  init(in cache: String, for name: String) throws(DatasetError) {
    try Folder.create(cache)
    for abandoned in Folder.content(of: cache) where Self.isAbandoned(abandoned) { Folder.remove(abandoned) }
    path = "\(cache)/\(Self.prefix)\(name)-\(getpid())"
    Folder.remove(path)
    try Folder.create(path)
  }

  /// A folder of this name in the workspace.
  func folder(_ name: String) throws(DatasetError) -> String {
    try Folder.create("\(path)/\(name)")
    return "\(path)/\(name)"
  }

  private static func isAbandoned(_ path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    guard name.hasPrefix(prefix), let process = name.split(separator: "-").last.flatMap({ Int32($0) }) else {
      return false
    }
    return kill(process, 0) != 0 && errno == ESRCH
  }
}
