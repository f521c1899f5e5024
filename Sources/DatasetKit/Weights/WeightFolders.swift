public import FoundationEssentials

/// The folders in which published weights are looked for, in order.
public struct WeightFolders: Sendable, Equatable {
  /// The folders' paths.
  public let paths: [String]
  /// The environment variable that names a folder of weights.
  public static let variable = "SUGGEST_WEIGHTS"

  /// Looks in exactly these folders.
  public init(paths: [String]) {
    self.paths = paths
  }

  /// Looks in the folder of `SUGGEST_WEIGHTS`, then in the user's cache, where `suggest data fetch` puts them.
  public init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    paths = [
      DataFolders.value(of: Self.variable, in: environment),
      DataFolders.userCache(environment).map { "\($0)/weights" },
    ].compactMap(\.self)
  }

  /// Where fetched weights are kept: `SUGGEST_WEIGHTS`, else `suggest/weights` in the user's cache.
  ///
  /// - Throws: ``DatasetError/noCache(variable:)``
  public static func cache(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(DatasetError) -> String {
    guard let folder = WeightFolders(environment: environment).paths.first else {
      throw .noCache(variable: variable)
    }
    return folder
  }
}
