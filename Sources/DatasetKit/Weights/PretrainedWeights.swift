internal import FoundationEssentials
public import ImageCodec

/// Published weights that a training can begin with.
public struct PretrainedWeights: Sendable, Equatable {
  /// Where they come from.
  public enum Source: Sendable, Equatable {
    /// A Python package that holds their file.
    case package(DatasetPackage)
    /// The address of their file.
    case address(String)

    /// The package or the address.
    public var description: String {
      switch self {
      case .package(let package): package.description
      case .address(let address): address
      }
    }
  }

  /// The name, which is also that of the model.
  public let name: String
  /// What they were trained on, in a few words.
  public let summary: String
  /// Who trained and published them.
  public let origin: String
  /// Their licence, as it is stated.
  public let licence: String
  /// Where they come from.
  public let source: Source
  /// What their file is called where it is published.
  public let publishedFile: String
  /// The size of the file in bytes.
  public let size: Int
  /// SHA-256 of the file, in hexadecimal digits.
  public let checksum: String
  /// How their inputs were scaled.
  public let scaling: PixelScaling

  /// The name of the file in the cache.
  public var file: String { "\(name).pth" }

  /// The weights of this name; nil where there are none.
  public static func named(_ name: String) -> PretrainedWeights? { all.first { $0.name == name } }

  /// Where weights are that are named as people name them: by their file, else as published weights.
  ///
  /// - Parameters:
  ///   - name: what was typed; the path of a file need not exist.
  ///   - folders: where published weights are looked for.
  ///   - folder: what a relative path begins at; nil takes the process's.
  /// - Throws: ``DatasetError/missingWeights(name:searched:remedy:)`` of published weights that are not here.
  public static func path(
    of name: String, in folders: WeightFolders, below folder: String? = nil
  ) throws(DatasetError) -> String {
    let path = DataFolders.path(name, below: folder)
    guard !isFile(path), let weights = named(name) else { return path }
    return try weights.path(in: folders)
  }

  /// Whether there is a file, or whatever else, of weights at a path.
  package static func isFile(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  /// Where the file is.
  ///
  /// - Throws: ``DatasetError/missingWeights(name:searched:remedy:)``, which says how to get it.
  public func path(in folders: WeightFolders) throws(DatasetError) -> String {
    guard let found = place(in: folders) else {
      throw .missingWeights(name: name, searched: folders.paths, remedy: remedy)
    }
    return found
  }

  /// The path of the file in the first folder that has it, under its own name or the published one; nil where none has.
  public func place(in folders: WeightFolders) -> String? {
    folders.paths.flatMap { ["\($0)/\(file)", "\($0)/\(publishedFile)"] }
      .first(where: FileManager.default.fileExists(atPath:))
  }

  /// Compares the file with its checksum.
  ///
  /// - Throws: ``DatasetError``: `missingWeights`, `unreadable` or `wrongChecksum`.
  public func check(in folders: WeightFolders) throws(DatasetError) {
    try check(path: path(in: folders))
  }

  /// Compares a file with the checksum.
  func check(path: String) throws(DatasetError) {
    let found = try FileChecksum.sha256(of: path)
    guard found == checksum else { throw .wrongChecksum(path: path, expected: checksum, found: found) }
  }

  private var remedy: String {
    switch source {
    case .package: "run suggest data fetch \(name)"
    case .address(let address):
      "run suggest data fetch \(name), or download \(address) elsewhere and name the file instead of \(name)"
    }
  }
}
