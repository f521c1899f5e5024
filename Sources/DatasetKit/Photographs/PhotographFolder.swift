internal import FoundationEssentials

/// The JPEG files in a folder and its subfolders.
struct PhotographFolder {
  /// The folder.
  let path: String
  /// The files' paths below the folder, in the order of their bytes.
  let files: [String]

  /// Files that may be photographs, by the ends of their names.
  private static let endings = ["jpg", "jpeg"]
  /// Deeper folders are not looked into.
  private static let mostLevels = 16

  /// Looks through a folder.
  ///
  /// Hidden files and folders and links to folders are left out.
  ///
  /// - Throws: ``DatasetError/unreadable(path:reason:)``
  init(_ path: String) throws(DatasetError) {
    self.path = path
    files = try Self.files(below: path, prefix: "", levels: Self.mostLevels)
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Whether a file's name says that it is a photograph.
  static func isPhotograph(_ name: some StringProtocol) -> Bool {
    guard !name.hasPrefix("."), let dot = name.lastIndex(of: ".") else { return false }
    return endings.contains(name[name.index(after: dot)...].lowercased())
  }

  private static func files(
    below path: String, prefix: String, levels: Int
  ) throws(DatasetError) -> [String] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path)
    } catch {
      throw .unreadable(path: path, reason: "it is no folder that can be listed")
    }
    var files: [String] = []
    for name in names where !name.hasPrefix(".") {
      let inner = "\(path)/\(name)"
      let kind = (try? FileManager.default.attributesOfItem(atPath: inner))?[.type] as? FileAttributeType
      if kind == .typeDirectory {
        if levels > 0 {
          files += try Self.files(below: inner, prefix: "\(prefix)\(name)/", levels: levels - 1)
        }
      } else if isPhotograph(name) {
        files.append(prefix + name)
      }
    }
    return files
  }
}
