internal import DatasetKit
public import DocumentFiles
public import StrategyRegistry

extension Comparison {
  /// Reads a comparison file: `docs/comparison-files.md` describes it.
  ///
  /// - Parameters:
  ///   - bytes: the file's content.
  ///   - path: the file, for messages.
  ///   - catalog: the strategies there are.
  ///   - folders: where weights and photographs are looked for; nil looks in the usual places, and beside the file.
  /// - Throws: ``ComparisonFileError`` for the first thing that is wrong.
  public init(
    parsing bytes: [UInt8], path: String, catalog: StrategyCatalog = .builtIn,
    folders: ComparisonFolders? = nil
  ) throws(ComparisonFileError) {
    do {
      let root = try FileTree(of: .comparison).root(of: bytes)
      let form = ComparisonForm(datasets: Dataset.names, strategies: catalog.names)
      try form.shape.check(root, named: "the file")
      try self.init(root, catalog, folders ?? ComparisonFolders(ofFile: path))
    } catch {
      throw ComparisonFileError(error, in: path)
    }
  }

  /// Reads the text of a comparison file.
  ///
  /// - Parameters:
  ///   - text: the file's content.
  ///   - path: the file, for messages.
  ///   - catalog: the strategies there are.
  ///   - folders: where weights and photographs are looked for; nil looks in the usual places, and beside the file.
  /// - Throws: ``ComparisonFileError`` for the first thing that is wrong.
  public init(
    parsing text: String, path: String, catalog: StrategyCatalog = .builtIn,
    folders: ComparisonFolders? = nil
  ) throws(ComparisonFileError) {
    try self.init(parsing: Array(text.utf8), path: path, catalog: catalog, folders: folders)
  }

  private init(
    _ root: FileNode, _ catalog: StrategyCatalog, _ folders: ComparisonFolders
  ) throws(FileProblem) {
    let evaluation = try SettingsReader.evaluation(root["evaluation"])
    let matrix = MatrixReader(
      reader: AxisReader(), evaluation: evaluation, sources: TaskSources(folders))
    self.init(
      name: try Self.name(root),
      tasks: try root["matrix"].map { node throws(FileProblem) in try matrix.tasks(node) } ?? [],
      rangeTests: try SettingsReader.rangeTests(root["range-tests"]),
      grid: try SettingsReader.grid(root["grid"]), seeds: try SettingsReader.seeds(root["seeds"]),
      strategies: try StrategyReader(catalog: catalog).choices(root["strategies"]))
  }

  /// The name, which may become part of a file's.
  private static func name(_ root: FileNode) throws(FileProblem) -> String {
    guard let node = root["name"] else { return "" }
    let isPlain = node.text.utf8.allSatisfy { byte in
      byte < 0x80 && (Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber)
        || "._-".utf8.contains(byte)
    }
    guard isPlain, (1...longestName).contains(node.text.utf8.count), node.text.first != "." else {
      throw FileProblem(
        node.position,
        "the name \(node.phrase) is not one of 1 to \(longestName) letters, digits, dots, hyphens and underscores that "
          + "begins with no dot")
    }
    return node.text
  }

  private static let longestName = 64
}
