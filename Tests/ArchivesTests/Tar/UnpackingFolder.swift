import Archives
import Foundation

/// A folder of its own in which a test unpacks; it goes away with the value.
final class UnpackingFolder {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent("suggest-tar-\(UUID().uuidString)")
  var place: String { url.path + "/place" }

  init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(at: url) }

  func write(_ bytes: [UInt8]) throws -> String {
    let file = url.appendingPathComponent("archive.tar.gz")
    try Data(bytes).write(to: file)
    return file.path
  }

  func unpack(
    _ bytes: [UInt8], limits: UnpackingLimits = UnpackingLimits(), placing: (String) -> String? = { $0 }
  ) throws -> UnpackedArchive {
    try TarUnpacking(write(bytes), limits: limits).unpack(into: place, placing: placing)
  }

  func text(_ name: String) -> String? {
    FileManager.default.contents(atPath: "\(place)/\(name)").map { String(decoding: $0, as: UTF8.self) }
  }

  /// Everything below the folder but the archive, as paths.
  var content: [String] {
    (FileManager.default.subpaths(atPath: url.path) ?? []).filter { $0 != "archive.tar.gz" }.sorted()
  }
}
