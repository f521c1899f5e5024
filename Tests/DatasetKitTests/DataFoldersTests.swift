import DatasetKit
import Foundation
import Testing

@Suite("DataFolders")
struct DataFoldersTests {
  @Test("a named folder is the only one")
  func option() {
    let folders = DataFolders(
      option: "mine", environment: ["SUGGEST_DATA": "other"], program: "/usr/bin/suggest")
    #expect(folders.paths == ["mine"])
  }

  @Test("without one the environment comes first, then the package, then the user's cache, then the system")
  func order() throws {
    let package = try TemporaryData()
    let datasets = package.url.appendingPathComponent("datasets")
    let build = package.url.appendingPathComponent("build/release")
    for folder in [datasets, build] {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
    let program = build.appendingPathComponent("suggest").path
    let folders = DataFolders(environment: ["SUGGEST_DATA": "mine", "HOME": "/home/me"], program: program)
    let cache = "/home/me/.cache/suggest/datasets"
    #expect(folders.paths == ["mine", datasets.path, cache, DataFolders.systemFolder])
    #expect(DataFolders(environment: ["SUGGEST_DATA": ""], program: "").paths == [DataFolders.systemFolder])
  }

  @Test("fetched data are kept where the user says, else in the cache of the user or the home")
  func cache() throws {
    var environment = ["HOME": "/home/me"]
    #expect(try DataFolders.cache(environment: environment) == "/home/me/.cache/suggest/datasets")
    environment["XDG_CACHE_HOME"] = "/caches"
    #expect(try DataFolders.cache(environment: environment) == "/caches/suggest/datasets")
    environment["SUGGEST_DATA"] = "mine"
    #expect(try DataFolders.cache(environment: environment) == "mine")
    #expect(throws: DatasetError.noCache(variable: "SUGGEST_DATA")) {
      try DataFolders.cache(environment: ["HOME": ""])
    }
  }

  @Test("the first folder that has the file wins")
  func firstWins() throws {
    let (empty, first, second) = (try TemporaryData(), try TemporaryData(), try TemporaryData())
    let row = Array(repeating: "1", count: 64).joined(separator: ",")
    try first.write(Array("\(row),1\n".utf8), to: "digits.csv.gz", of: "digits")
    try second.write(Array("\(row),2\n".utf8), to: "digits.csv.gz", of: "digits")
    let folders = DataFolders(paths: [empty, first, second].map(\.url.path))
    #expect(try Digits.samples(from: folders).labels == [1])
    withExtendedLifetime((empty, first, second)) {}
  }

  @Test("the running program is known")
  func runningProgram() {
    #expect(FileManager.default.isExecutableFile(atPath: DataFolders.runningProgram))
  }
}
