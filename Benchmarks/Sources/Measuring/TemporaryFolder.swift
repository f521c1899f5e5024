import FoundationEssentials
import Glibc

/// A folder for the files of one benchmark, removed with everything in it when it is no longer used.
public final class TemporaryFolder {
  private let folder: URL

  /// Makes a new, empty folder where the system keeps temporary files.
  public init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "suggest-benchmarks-\(getpid())-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Its path.
  public var path: String { folder.path }

  /// The path that something called `name` has in the folder; nothing is created.
  public func path(of name: String) -> String { folder.appendingPathComponent(name).path }

  /// Writes a file and returns its path.
  public func write(_ bytes: [UInt8], to name: String) throws -> String {
    let file = folder.appendingPathComponent(name)
    try Data(bytes).write(to: file)
    return file.path
  }
}
