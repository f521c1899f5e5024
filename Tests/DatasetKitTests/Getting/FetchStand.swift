import Foundation
import Synchronization

@testable import DatasetKit

/// A cache, and a folder of programs that stand for the real ones.
final class FetchStand {
  let data: TemporaryData
  var cache: String { data.url.path + "/cache" }
  var programs: String { data.url.path + "/programs" }
  private let reported = Reports()

  private final class Reports: Sendable {
    let lines = Mutex<[String]>([])
  }

  init() throws {
    data = try TemporaryData()
    try FileManager.default.createDirectory(atPath: programs, withIntermediateDirectories: true)
  }

  /// Writes a shell script.
  func program(_ name: String, _ script: String) throws {
    let path = "\(programs)/\(name)"
    try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
  }

  /// Debian's programs: the package holds `content` in `data.csv` of the data set `test`.
  func packages(_ content: String) throws {
    try program("apt-get", "[ \"$1\" = download ] && touch \"$2_1_all.deb\"")
    try program(
      "dpkg-deb",
      """
      mkdir -p "$3/usr/share/datasets/test"
      printf '%s' '\(content)' > "$3/usr/share/datasets/test/data.csv"
      """)
  }

  var fetcher: DatasetFetcher {
    DatasetFetcher(
      cache: cache, tools: DataFolders(paths: [data.url.path]), searchPath: programs + ":/usr/bin:/bin",
      report: { [reported] line in reported.lines.withLock { $0.append(line) } })
  }

  /// What was said about what happens.
  var reports: [String] { reported.lines.withLock { $0 } }

  /// The names in the cache.
  var content: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: cache)) ?? []).sorted()
  }

  func text(_ path: String) -> String? {
    FileManager.default.contents(atPath: "\(cache)/\(path)").map { String(decoding: $0, as: UTF8.self) }
  }

  /// Writes a file beside the cache, and returns its path.
  @discardableResult
  func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
    let file = data.url.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file.path
  }

  /// What fetching fails with.
  func failure(_ entry: DatasetEntry, from origin: String? = nil) async -> DatasetError? {
    do {
      try await fetcher.fetch(entry, from: origin)
      return nil
    } catch { return error }
  }
}
