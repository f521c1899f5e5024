import DatasetKit
import Foundation
import TestSupport

/// A folder of its own with data files that a test writes; it goes away with the value.
final class TemporaryData {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("suggest-data-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  /// Loads a data set from this folder; a method, so that the folder outlives the loading.
  func load(_ name: String) throws -> Dataset {
    try Dataset.load(name, from: DataFolders(paths: [url.path]))
  }

  /// Writes a file of a data set as gzip.
  func write(_ content: [UInt8], to file: String, of dataset: String) throws {
    try writeRaw(storedGzip(content), to: file, of: dataset)
  }

  /// Writes a file of a data set as it is.
  func writeRaw(_ content: [UInt8], to file: String, of dataset: String) throws {
    let folder = url.appendingPathComponent(dataset)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(content).write(to: folder.appendingPathComponent(file))
  }

  /// The digits and data set notes that the repository ships.
  static let shipped = DataFolders(paths: [
    GoldenFolders.repositoryRoot.appendingPathComponent("datasets").path
  ])
}

/// Gzip data without compression (RFC 1952 with stored blocks of RFC 1951).
func storedGzip(_ content: [UInt8]) -> [UInt8] {
  func littleEndian(_ value: Int, _ bytes: Int) -> [UInt8] {
    (0..<bytes).map { UInt8(value >> (8 * $0) & 0xff) }
  }
  var result: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]
  var rest = content[...]
  repeat {
    let block = rest.prefix(0xffff)
    rest = rest.dropFirst(block.count)
    result.append(rest.isEmpty ? 1 : 0)
    result += littleEndian(block.count, 2) + littleEndian(~block.count & 0xffff, 2) + block
  } while !rest.isEmpty
  var checksum: UInt32 = .max
  for byte in content {
    checksum ^= UInt32(byte)
    for _ in 0..<8 { checksum = checksum >> 1 ^ (checksum & 1 == 1 ? 0xedb8_8320 : 0) }
  }
  return result + littleEndian(Int(~checksum), 4) + littleEndian(content.count, 4)
}

/// An idx file's content.
func idx(magic: Int, extents: [Int], values: [UInt8]) -> [UInt8] {
  ([magic] + extents).flatMap { number in (0..<4).map { UInt8(number >> (24 - 8 * $0) & 0xff) } } + values
}
