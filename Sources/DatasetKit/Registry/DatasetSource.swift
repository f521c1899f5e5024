/// Where a data set comes from.
public enum DatasetSource: Sendable, Equatable {
  /// A package of Python or Debian.
  case package(DatasetPackage)
  /// Archives of photographs; any of them will do, the first is the official one.
  case archives([DatasetArchive])

  /// The package, or where the official archive is.
  public var description: String {
    switch self {
    case .package(let package): package.description
    case .archives(let archives): archives.first?.address ?? "nowhere"
    }
  }
}
