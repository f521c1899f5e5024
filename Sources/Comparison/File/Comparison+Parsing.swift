internal import DatasetKit
public import DocumentFiles
public import StrategyRegistry

extension Comparison {
  /// Reads a comparison file, and the file that it is based on.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - catalog: the strategies there are.
  ///   - folders: where weights and photographs are looked for that a file at a path names.
  ///   - reading: reads a file; that of `base` is named relative to the folder of `path`.
  /// - Throws: ``ComparisonFileError`` for the first thing that is wrong, and what `reading` throws.
  public init(
    at path: String, catalog: StrategyCatalog = .builtIn,
    folders: (_ path: String) -> ComparisonFolders = { ComparisonFolders(ofFile: $0) },
    reading: (String) throws -> [UInt8]
  ) throws {
    let bytes = try reading(path)
    let root = try Self.root(of: bytes, in: path, catalog)
    guard let base = root["base"] else {
      try self.init(root, catalog, folders(path), in: path)
      return
    }
    let place = Self.path(of: base.text, namedIn: path)
    let baseRoot = try Self.root(of: try reading(place), in: place, catalog)
    // By itself first, so that what is wrong with it is told where it stands.
    _ = try Self(baseRoot, catalog, folders(place), in: place)
    // What the tasks name lies beside the file that they stand in.
    let home = root["matrix"] == nil ? place : path
    try self.init(root.filled(from: baseRoot), catalog, folders(home), in: path, tasksIn: home)
  }

  /// Reads a comparison file that is based on no other.
  ///
  /// `docs/comparison-files.md` describes the form.
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
    try self.init(
      Self.root(of: bytes, in: path, catalog), catalog, folders ?? ComparisonFolders(ofFile: path), in: path)
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

  private static func root(
    of bytes: [UInt8], in path: String, _ catalog: StrategyCatalog
  ) throws(ComparisonFileError) -> FileNode {
    do {
      let root = try FileTree(of: .comparison).root(of: bytes)
      let form = ComparisonForm(datasets: Dataset.names, strategies: catalog.names)
      try form.shape.check(root, named: "the file")
      return root
    } catch {
      throw ComparisonFileError(error, in: path)
    }
  }

  /// Where a file lies that is named relative to another's folder.
  private static func path(of name: String, namedIn path: String) -> String {
    guard !name.hasPrefix("/"), let slash = path.lastIndex(of: "/") else { return name }
    return path[...slash] + name
  }

  private init(
    _ root: FileNode, _ catalog: StrategyCatalog, _ folders: ComparisonFolders, in path: String,
    tasksIn tasksPath: String? = nil
  ) throws(ComparisonFileError) {
    let tasks: [TaskSpecification]
    do {
      tasks = try Self.tasks(root, folders)
    } catch {
      throw ComparisonFileError(error, in: tasksPath ?? path)
    }
    do {
      try self.init(root, tasks, catalog)
    } catch {
      throw ComparisonFileError(error, in: path)
    }
  }

  private static func tasks(
    _ root: FileNode, _ folders: ComparisonFolders
  ) throws(FileProblem) -> [TaskSpecification] {
    if let base = root["base"] {
      throw FileProblem(base.position, "a base has no base of its own: name one without")
    }
    guard let tasks = root["matrix"] else {
      throw FileProblem(
        root.position, "the key matrix is missing in the file: give it one, or a base that has one")
    }
    let evaluation = try SettingsReader.evaluation(root["evaluation"])
    return try MatrixReader(reader: AxisReader(), evaluation: evaluation, sources: TaskSources(folders))
      .tasks(tasks)
  }

  private init(
    _ root: FileNode, _ tasks: [TaskSpecification], _ catalog: StrategyCatalog
  ) throws(FileProblem) {
    self.init(
      name: try Self.name(root), tasks: tasks,
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

extension FileNode {
  /// This mapping, which is based on another: the other's entries under the keys that are missing here.
  fileprivate func filled(from base: FileNode) -> FileNode {
    let own = entries.filter { $0.key != "base" }
    let others = base.entries.filter { entry in !own.contains { $0.key == entry.key } }
    return FileNode(value: .mapping(own + others), position: position)
  }
}
