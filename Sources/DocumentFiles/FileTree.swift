internal import Yams

/// Makes nodes of a file's bytes.
package struct FileTree {
  private let kind: DocumentKind

  /// A reader of files of a kind, which messages name.
  package init(of kind: DocumentKind) { self.kind = kind }

  /// Sizes beyond these are accidents or attacks.
  private static let largestFile = 1 << 20
  private static let mostNodes = 200_000
  /// Aliases multiply what a file says: sixteen can make at most a few hundred of each node.
  private static let mostAliases = 16

  /// The root of the file's only document.
  ///
  /// - Throws: ``FileProblem``: not UTF-8, not YAML, empty, several documents, duplicate keys, too large.
  package func root(of bytes: [UInt8]) throws(FileProblem) -> FileNode {
    guard bytes.count <= Self.largestFile else {
      throw FileProblem(
        FilePosition(), "the file has \(bytes.count) bytes; a \(kind.noun) has at most \(Self.largestFile)")
    }
    let text = try Self.text(bytes)
    try Self.limitAliases(text)
    guard let document = try document(text) else {
      throw FileProblem(FilePosition(), empty)
    }
    var count = 0
    let root = try Self.node(document, count: &count)
    guard root.kind != .nothing else {
      throw FileProblem(root.position, empty)
    }
    return root
  }

  private var empty: String { "the file is empty; see \(kind.page) for what to write" }

  /// The text without a byte order mark.
  private static func text(_ bytes: [UInt8]) throws(FileProblem) -> String {
    var position = FilePosition()
    var text = String.UnicodeScalarView()
    var parser = UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    decoding: while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let encoded):
        let scalar = UTF8.decode(encoded)
        if scalar == "\u{FEFF}", text.isEmpty { continue }
        text.append(scalar)
        position = position.after(scalar)
      case .emptyInput: break decoding
      case .error: throw FileProblem(position, "this is not UTF-8; save the file in that encoding")
      }
    }
    return String(text)
  }

  /// Counts generously, without knowing comments and quotes: Yams expands aliases before anybody can count nodes.
  private static func limitAliases(_ text: String) throws(FileProblem) {
    var position = FilePosition()
    var aliases = 0
    var previous: Unicode.Scalar = " "
    var star: FilePosition?
    for scalar in text.unicodeScalars {
      if let place = star, !scalar.properties.isWhitespace {
        aliases += 1
        guard aliases <= mostAliases else {
          throw FileProblem(
            place, "more than \(mostAliases) aliases (`*name`) are not read; write the values out")
        }
      }
      let begins = previous.properties.isWhitespace || "[{,:".unicodeScalars.contains(previous)
      star = scalar == "*" && begins ? position : nil
      position = position.after(scalar)
      previous = scalar
    }
  }

  private func document(_ text: String) throws(FileProblem) -> Node? {
    do {
      // The basic resolver gives no scalar a type: that is decided here.
      let parser = try Parser(yaml: text, resolver: .basic, constructor: .default, encoding: .utf8)
      let first = try parser.nextRoot()
      if first != nil, let second = try parser.nextRoot() {
        throw FileProblem(
          Self.position(second.mark), "a \(kind.noun) file has one document; remove this one")
      }
      return first
    } catch let problem as FileProblem {
      throw problem
    } catch let error as YamlError {
      throw problem(error)
    } catch {
      throw FileProblem(FilePosition(), "the file cannot be read as YAML: \(error)")
    }
  }

  private var tooDeep: String { "the file is nested too deeply; a \(kind.noun) has a few levels" }

  private func problem(_ error: YamlError) -> FileProblem {
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      // libyaml says it with the name of a function of its own.
      if problem.contains("nesting level") {
        return FileProblem(Self.position(mark), tooDeep)
      }
      let circumstance = context.map { " \($0.text)" } ?? ""
      return FileProblem(Self.position(mark), "this is not YAML:\(circumstance) \(problem)")
    case .reader(let problem, let offset, _, let yaml):
      return FileProblem(FilePosition(after: yaml.prefix(offset ?? 0)), "this is not YAML: \(problem)")
    case .duplicatedKeysInMapping(let keys, let context):
      return FileProblem(
        Self.position(context.mark),
        "the key \(keys.first ?? "") stands more than once in its mapping; keep one")
    case .memory: return FileProblem(FilePosition(), tooDeep)
    default: return FileProblem(FilePosition(), "the file cannot be read as YAML: \(error)")
    }
  }

  private static func node(_ node: Node, count: inout Int) throws(FileProblem) -> FileNode {
    let place = position(node.mark)
    count += 1
    guard count <= mostNodes else {
      throw FileProblem(place, "the file says too much: it has more than \(mostNodes) values")
    }
    switch node {
    case .scalar(let scalar):
      return FileNode(value: .scalar(scalar.string, isPlain: scalar.style == .plain), position: place)
    case .sequence(let sequence):
      var elements: [FileNode] = []
      for element in sequence { elements.append(try Self.node(element, count: &count)) }
      return FileNode(value: .list(elements), position: place)
    case .mapping(let mapping):
      var entries: [FileNode.Entry] = []
      for (key, value) in mapping {
        guard case .scalar(let scalar) = key else {
          throw FileProblem(position(key.mark), "a key is a word, not a list or a mapping")
        }
        entries.append(
          FileNode.Entry(
            key: scalar.string, keyPosition: position(key.mark), value: try Self.node(value, count: &count)))
      }
      return FileNode(value: .mapping(entries), position: place)
    case .alias: throw FileProblem(place, "this alias stands for nothing; write the value out")
    }
  }

  private static func position(_ mark: Mark?) -> FilePosition {
    mark.map { FilePosition(line: $0.line, column: $0.column) } ?? FilePosition()
  }
}
