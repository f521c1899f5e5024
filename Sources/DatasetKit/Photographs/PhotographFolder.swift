internal import FoundationEssentials
internal import Glibc

/// The JPEG files in a folder and its subfolders.
struct PhotographFolder {
  /// The folder.
  let path: String
  /// The files' paths below the folder, in the order of their bytes.
  let files: [String]
  /// What has a photograph's name but is no ordinary file, and folders that lie too deep; in the order of their bytes.
  let skipped: [SkippedFile]
  /// Why a folder without files is no data set.
  static let lackOfPhotographs = "it has no JPEG files (.jpg or .jpeg); name a folder of photographs"

  /// Files that may be photographs, by the ends of their names.
  private static let endings = ["jpg", "jpeg"]
  /// Deeper folders are not looked into.
  private static let mostLevels = 16

  /// Looks through a folder; hidden files and folders, and links to folders, are left out.
  ///
  /// - Throws: ``DatasetError/unreadable(path:reason:)``, also of a folder below it that cannot be listed.
  init(_ path: String) throws(DatasetError) {
    self.path = path
    var search = Search(root: path)
    try search.look(into: "", levels: Self.mostLevels)
    files = search.files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    skipped = search.skipped.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// Whether a file's name says that it is a photograph.
  static func isPhotograph(_ name: some StringProtocol) -> Bool {
    guard !name.hasPrefix("."), let dot = name.lastIndex(of: ".") else { return false }
    return endings.contains(name[name.index(after: dot)...].lowercased())
  }

  /// Whether a file's name says that it is a picture of a form that is not read.
  static func isOtherPicture(_ name: some StringProtocol) -> Bool {
    guard let dot = name.lastIndex(of: ".") else { return false }
    return otherEndings.contains(name[name.index(after: dot)...].lowercased())
  }

  private static let otherEndings: Set = [
    "png", "jfif", "jpe", "gif", "webp", "bmp", "tif", "tiff", "heic", "avif",
  ]

  private struct Search {
    let root: String
    var files: [String] = []
    var skipped: [SkippedFile] = []

    mutating func look(into prefix: String, levels: Int) throws(DatasetError) {
      let folder = prefix.isEmpty ? root : "\(root)/\(prefix)"
      let names: [String]
      do {
        names = try FileManager.default.contentsOfDirectory(atPath: folder)
      } catch {
        // A folder that is there and may be entered is listed; why this one is not, the system says when asked again.
        let kind = Self.kind(of: folder, stat)
        let code =
          kind != nil && kind != S_IFDIR ? ENOTDIR : access(folder, R_OK | X_OK) == 0 ? EIO : errno
        throw .unreadable(path: folder, reason: String(cString: strerror(code)))
      }
      for name in names where !name.hasPrefix(".") {
        let path = "\(prefix)\(name)"
        if Self.kind(of: "\(root)/\(path)", lstat) == S_IFDIR {
          if levels > 0 {
            try look(into: "\(path)/", levels: levels - 1)
          } else {
            skipped.append(SkippedFile(path: path, reason: "it lies deeper than \(mostLevels) folders"))
          }
        } else if isPhotograph(name) {
          // A pipe or device would be read without end.
          switch Self.kind(of: "\(root)/\(path)", stat) {
          case S_IFREG: files.append(path)
          case nil: skipped.append(SkippedFile(path: path, reason: "it is a link to nothing"))
          default: skipped.append(SkippedFile(path: path, reason: "it is no file"))
          }
        } else if isOtherPicture(name) {
          skipped.append(SkippedFile(path: path, reason: "it is no .jpg or .jpeg: convert it"))
        }
      }
    }

    private static func kind(
      of path: String, _ look: (UnsafePointer<CChar>, UnsafeMutablePointer<stat>) -> Int32
    ) -> mode_t? {
      var status = stat()
      return look(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }
  }
}
