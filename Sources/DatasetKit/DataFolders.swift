public import FoundationEssentials

/// The folders in which data sets are looked for, in order; each holds one folder a data set.
public struct DataFolders: Sendable, Equatable {
  /// The folders' paths.
  public let paths: [String]

  /// Looks in exactly these folders.
  public init(paths: [String]) {
    self.paths = paths
  }

  /// Looks in `option` alone where it is given, else in all the usual places.
  ///
  /// Those are: the folder of the environment variable `SUGGEST_DATA`; the nearest folder `datasets` beside or above
  /// the running program, which is the package's own in a build; the user's cache, where `suggest data fetch` puts what
  /// it gets; the system's folder, where Debian's packages put their data.
  ///
  /// - Parameters:
  ///   - option: the folder that the user named.
  ///   - environment: the process's environment.
  ///   - program: the running program's file.
  public init(
    option: String? = nil, environment: [String: String] = ProcessInfo.processInfo.environment,
    program: String = DataFolders.runningProgram
  ) {
    if let option {
      paths = [option]
    } else {
      paths = [
        Self.value(of: "SUGGEST_DATA", in: environment), Self.packageFolder(above: program),
        Self.userCache(environment).map { "\($0)/datasets" }, Self.systemFolder,
      ].compactMap(\.self)
    }
  }

  /// The environment variables that say where data sets and weights are.
  public static let variables = ["SUGGEST_DATA", WeightFolders.variable, "XDG_CACHE_HOME", "HOME"]

  /// Where fetched data sets are kept: `SUGGEST_DATA`, else `suggest/datasets` in the user's cache.
  ///
  /// - Throws: ``DatasetError/noCache(variable:)``
  public static func cache(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(DatasetError) -> String {
    guard
      let folder = value(of: "SUGGEST_DATA", in: environment)
        ?? userCache(environment).map({ "\($0)/datasets" })
    else {
      throw .noCache(variable: "SUGGEST_DATA")
    }
    return folder
  }

  /// The toolkit's folder in the user's cache.
  static func userCache(_ environment: [String: String]) -> String? {
    let cache =
      value(of: "XDG_CACHE_HOME", in: environment)
      ?? value(of: "HOME", in: environment).map { $0 + "/.cache" }
    return cache.map { $0 + "/suggest" }
  }

  /// The value of an environment variable; nil where it is empty.
  static func value(of variable: String, in environment: [String: String]) -> String? {
    environment[variable].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Where Debian's `dataset-…` packages install.
  public static let systemFolder = "/usr/share/datasets"

  /// The file of the running program, empty where the system does not tell.
  public static var runningProgram: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
  }

  /// The path of a data set's file in the first folder that has it.
  ///
  /// - Throws: ``DatasetError/missing(dataset:file:searched:remedy:)`` with `remedy`.
  func path(of file: String, dataset: String, remedy: String) throws(DatasetError) -> String {
    let candidates = paths.map { "\($0)/\(dataset)/\(file)" }
    guard let found = candidates.first(where: FileManager.default.fileExists(atPath:)) else {
      throw .missing(
        dataset: dataset, file: file, searched: paths.map { "\($0)/\(dataset)" }, remedy: remedy)
    }
    return found
  }

  /// A path as a file of a folder names it: a relative one begins there.
  package static func path(_ path: String, below folder: String?) -> String {
    guard let folder, !path.hasPrefix("/") else { return path }
    return folder.hasSuffix("/") ? folder + path : "\(folder)/\(path)"
  }

  private static func packageFolder(above program: String) -> String? {
    var components = program.split(separator: "/")
    while components.popLast() != nil {
      let candidate = "/" + (components + ["datasets"]).joined(separator: "/")
      var isFolder = false
      if FileManager.default.fileExists(atPath: candidate, isDirectory: &isFolder), isFolder {
        return candidate
      }
    }
    return nil
  }
}
