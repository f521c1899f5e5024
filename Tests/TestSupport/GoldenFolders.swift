public import Foundation

/// Where golden files lie: a test target's own fixtures, `SUGGEST_REFERENCE`, and `shared/reference` beside the repository.
///
/// `SUGGEST_REFERENCE=DIR` (layout `DIR/curves`, `DIR/tensors`) replaces the fixtures. Without it the same tests run
/// over the fixtures and, where the folder exists, over `../shared/reference` beside the repository.
public enum GoldenFolders {
  /// The folders called `kind` that hold golden files now, in the order in which tests enumerate them.
  ///
  /// - Parameters:
  ///   - kind: the subfolder, `"curves"` or `"tensors"`.
  ///   - testFile: the calling test file (`#filePath`); its target's `Fixtures` folder is searched for upwards.
  public static func folders(of kind: String, testFile: String = #filePath) -> [URL] {
    let environment = ProcessInfo.processInfo.environment
    if let replacement = environment["SUGGEST_REFERENCE"], !replacement.isEmpty {
      return [URL(fileURLWithPath: replacement, isDirectory: true).appendingPathComponent(kind)]
    }
    let fixtures = fixturesFolder(testFile: testFile).map { [$0] } ?? []
    let reference = repositoryRoot.deletingLastPathComponent().appendingPathComponent("shared/reference")
    return (fixtures + [reference]).map { $0.appendingPathComponent(kind) }.filter(isFolder)
  }

  /// The `Fixtures` folder nearest above `testFile`, if its target has one.
  public static func fixturesFolder(testFile: String = #filePath) -> URL? {
    var folder = URL(fileURLWithPath: testFile).deletingLastPathComponent()
    while folder.path.hasPrefix(repositoryRoot.path), folder.path != repositoryRoot.path {
      let candidate = folder.appendingPathComponent("Fixtures")
      if isFolder(candidate) { return candidate }
      folder.deleteLastPathComponent()
    }
    return nil
  }

  /// The folder of Package.swift: three levels above this file.
  public static let repositoryRoot = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static func isFolder(_ url: URL) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory)
      && isDirectory.boolValue
  }
}

/// The golden files of one kind whose names satisfy `matches`, sorted by name within each folder.
///
/// A file that several folders hold is listed once per folder with other content and once in all where the
/// content is the same, so that no test runs twice on one input.
///
/// - Parameters:
///   - kind: the subfolder, `"curves"` or `"tensors"`.
///   - testFile: the calling test file; leave it at its default.
///   - matches: which file names (with their endings) to keep.
/// - Returns: the files; empty only if no folder holds one, which a test should treat as a failure.
public func goldenFiles(
  in kind: String, testFile: String = #filePath, matching matches: (String) -> Bool = { _ in true }
) -> [URL] {
  var files: [URL] = []
  for folder in GoldenFolders.folders(of: kind, testFile: testFile) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for name in names.sorted() where matches(name) {
      let file = folder.appendingPathComponent(name)
      let isKnown = files.contains {
        $0.lastPathComponent == name
          && FileManager.default.contentsEqual(atPath: $0.path, andPath: file.path)
      }
      if !isKnown { files.append(file) }
    }
  }
  return files
}
