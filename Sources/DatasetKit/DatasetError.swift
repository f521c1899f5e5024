/// Why a data set could not be loaded.
public enum DatasetError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No data set has this name.
  case unknownDataset(name: String, available: [String])
  /// A file of the data set is in none of the folders.
  case missing(dataset: String, file: String, searched: [String], remedy: String)
  /// A file exists but cannot be read.
  case unreadable(path: String, reason: String)
  /// A file's content is not what it should be.
  case damaged(path: String, detail: String)

  /// One sentence: what is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .unknownDataset(let name, let available):
      "there is no data set \"\(name)\": use \(available.joined(separator: " or "))"
    case .missing(let dataset, let file, let searched, let remedy):
      "data set \(dataset) lacks \(file) (looked in \(searched.joined(separator: ", "))): \(remedy)"
    case .unreadable(let path, let reason):
      "cannot read \(path): \(reason); check its permissions"
    case .damaged(let path, let detail):
      "\(path) is damaged: \(detail); install or fetch it again"
    }
  }
}
