internal import DocumentFiles

extension Workflow {
  /// Reads a workflow file.
  ///
  /// - Parameters:
  ///   - bytes: The file's content.
  ///   - path: The file, for messages.
  ///   - settings: What was typed behind `--set`.
  ///   - vocabularies: The options of each command.
  /// - Throws: ``StageProblem`` for the first thing that is wrong.
  package init(
    parsing bytes: [UInt8], path: String, settings: [WorkflowSetting] = [],
    vocabularies: [StageCommand: OptionVocabulary]
  ) throws(StageProblem) {
    let root: FileNode
    do throws(FileProblem) {
      root = try FileTree(of: DocumentKind(noun: "workflow", page: "docs/workflow-files.md")).root(of: bytes)
    } catch {
      throw StageProblem(error)
    }
    try WorkflowKeys.check(root, of: "the file", allowed: ["workflow", "defaults", "stages"])
    name = try WorkflowKeys.name(
      WorkflowKeys.required("workflow", in: root, "the file"), noun: "workflow", punctuation: "._-",
      initialDigit: true)
    stages = try WorkflowReader(root, settings: settings, vocabularies: vocabularies).stages()
    self.path = path
  }
}

extension StageProblem {
  /// A problem of a file.
  init(_ problem: FileProblem) { self.init(.file(problem.position), problem.text) }
}

/// Checks of mappings whose keys are the workflow's own.
enum WorkflowKeys {
  /// - Throws: ``StageProblem`` where `node` is no mapping, or one with other keys.
  static func check(_ node: FileNode, of name: String, allowed: [String]) throws(StageProblem) {
    guard node.kind == .mapping else {
      throw StageProblem(
        .file(node.position),
        "\(name) needs a mapping of \(allowed.joined(separator: ", ")), not \(node.phrase)")
    }
    for entry in node.entries where !allowed.contains(entry.key) {
      throw StageProblem(.unknown("key", entry.key, among: allowed, at: entry.keyPosition))
    }
  }

  /// The value of a key that has to be there.
  static func required(_ key: String, in node: FileNode, _ name: String) throws(StageProblem) -> FileNode {
    guard let value = node[key] else {
      throw StageProblem(.file(node.position), "the key \(key) is missing in \(name)")
    }
    return value
  }

  /// A name that becomes part of a file's: letters, digits and `punctuation`, a letter or digit first.
  ///
  /// - Parameter initialDigit: Whether it may begin with a digit.
  static func name(_ node: FileNode, noun: String, punctuation: String, initialDigit: Bool)
    throws(StageProblem) -> String
  {
    let isLetter = { (scalar: Unicode.Scalar) in scalar.isASCII && scalar.properties.isAlphabetic }
    let isDigit = { (scalar: Unicode.Scalar) in ("0"..."9").contains(scalar) }
    let scalars = node.text.unicodeScalars
    guard [.text, .number, .flag].contains(node.kind), (1...longestName).contains(scalars.count),
      scalars.allSatisfy({ isLetter($0) || isDigit($0) || punctuation.unicodeScalars.contains($0) }),
      let first = scalars.first, isLetter(first) || initialDigit && isDigit(first)
    else {
      let marks = punctuation.contains(".") ? "dots, hyphens" : "hyphens"
      throw StageProblem(
        .file(node.position),
        "the name of a \(noun) is 1 to \(longestName) letters, digits, \(marks) and underscores and begins with a letter"
          + "\(initialDigit ? " or digit" : ""), not \(node.phrase)")
    }
    return node.text
  }

  private static let longestName = 64
}
