/// The package in which a data set comes.
public struct DatasetPackage: Sendable, Equatable {
  /// The programs that get packages.
  public enum Manager: String, Sendable, CaseIterable {
    /// Python's packages.
    case pip
    /// Debian's packages.
    case apt
  }

  /// What gets the package.
  public let manager: Manager
  /// The package's name.
  public let name: String
  /// The version in which the data were checked; another will do if the files are the same.
  public let version: String
  /// Whether the package holds its data in a form that `convert.py` makes files of.
  let isConverted: Bool
  /// Whether `convert.py` needs libraries for it.
  let needsLibraries: Bool
  /// Whether pip should take the sources, not a wheel.
  let isSource: Bool

  init(
    _ manager: Manager, _ name: String, _ version: String, isConverted: Bool = true,
    needsLibraries: Bool = false, isSource: Bool = false
  ) {
    self.manager = manager
    self.name = name
    self.version = version
    self.isConverted = isConverted
    self.needsLibraries = needsLibraries
    self.isSource = isSource
  }

  /// The manager, the name and the version, such as `pip mlxtend 0.25.0`.
  public var description: String { "\(manager.rawValue) \(name) \(version)" }
}
