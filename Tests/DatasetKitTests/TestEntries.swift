import Archives
import Foundation
import TrainingEngine

@testable import DatasetKit

extension DatasetEntry {
  /// A data set of a test with one file, which holds `content`.
  static func test(
    _ format: DatasetFormat, inputs: Int, outputs: Int, samples: Int, file: String = "data.csv",
    content: String = "", package: DatasetPackage = DatasetPackage(.apt, "test-data", "1")
  ) -> DatasetEntry {
    DatasetEntry(
      "test", "made by a test", family: "test", format, shape: [inputs], outputs: outputs,
      train: samples * 4 / 5, validation: samples - samples * 4 / 5, origin: "a test", licence: "none",
      source: .package(package), files: [(file, SHA256Hash.hexadecimal(of: content.utf8))])
  }

  /// Loads the set where its file holds this text.
  func load(_ text: String) throws -> Dataset {
    let data = try TemporaryData()
    try data.writeRaw(Array(text.utf8), to: files[0].name, of: name)
    return try withExtendedLifetime(data) { try load(from: DataFolders(paths: [data.url.path])) }
  }
}

/// Whether an error says that a file is damaged, with these words.
func isDamage(_ error: any Error, _ words: String) -> Bool {
  guard case DatasetError.damaged(_, let detail) = error else { return false }
  return detail.contains(words)
}
