import DatasetKit
import Foundation

/// A folder for a store, removed with the test.
final class TemporaryStore {
  let path = FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID().uuidString)").path

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

extension TaskSamples {
  /// The data sets of the repository.
  static let folders = DataFolders(paths: [
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("datasets").path
  ])
}
