public import DatasetKit

/// Where the weights and photographs that a comparison file names are looked for.
public struct ComparisonFolders: Sendable {
  /// Where relative paths in the file begin: its own folder; nil is the process's.
  public let file: String?
  /// The folders of data sets.
  public let data: DataFolders
  /// The folders of published weights.
  public let weights: WeightFolders

  /// Names the folders.
  ///
  /// - Parameters:
  ///   - path: the comparison file.
  ///   - data: the folders of data sets.
  ///   - weights: the folders of published weights.
  public init(
    ofFile path: String, data: DataFolders = DataFolders(), weights: WeightFolders = WeightFolders()
  ) {
    file = path.lastIndex(of: "/").map { String(path[...$0]) }
    self.data = data
    self.weights = weights
  }
}
