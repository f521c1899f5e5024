internal import FoundationEssentials
internal import Glibc

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

  /// Puts a file or folder of the workspace into a place; what is there goes away with the workspace.
  func replace(_ place: String, by fresh: String) throws(DatasetError) {
    let old = "\(path)/replaced"
    let wasThere = FileManager.default.fileExists(atPath: place)
    if wasThere { try Folder.move(place, to: old) }
    do {
      try Folder.move(fresh, to: place)
    } catch {
      if wasThere { try? Folder.move(old, to: place) }
      throw error
    }
  }

  private static func isAbandoned(_ path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    guard name.hasPrefix(prefix), let process = name.split(separator: "-").last.flatMap({ Int32($0) }) else {
      return false
    }
    return kill(process, 0) != 0 && errno == ESRCH
  }
}
