extension FormShape {
  /// Checks that `node` has this form; readers rely on it afterwards.
  ///
  /// - Parameters:
  ///   - node: what stands in the file.
  ///   - name: what messages call it: the key it stands under, in backticks.
  /// - Throws: ``FileProblem`` for the first place where it has not.
  package func check(_ node: FileNode, named name: String) throws(FileProblem) {
    guard takes(node.kind) else { throw misfit(node, name) }
    switch self {
    case .word(let choices, let noun):
      guard choices.contains(node.text) else {
        throw .unknown(noun, node.text, among: choices, at: node.position)
      }
    case .wordOrPath(let choices, let noun, _):
      guard choices.contains(node.text) || node.text.contains("/") else {
        throw .unknown(noun, node.text, among: choices, at: node.position)
      }
    case .text, .flag: break
    case .whole(let range):
      guard let whole = node.whole, range.contains(whole) else { throw misfit(node, name) }
    case .number(let limits):
      guard let number = node.number, limits.contains(number) else { throw misfit(node, name) }
    case .list(let element):
      guard !node.elements.isEmpty else {
        throw FileProblem(node.position, "\(name) is an empty list; leave it out or name something")
      }
      for part in node.elements { try element.check(part, named: name) }
    case .mapping(let keys): try Self.check(node, keys: keys, name)
    case .settings(let noun):
      for entry in node.entries {
        for value in entry.value.elements where [.nothing, .list, .mapping].contains(value.kind) {
          throw FileProblem(
            value.position,
            "`\(entry.key)` needs the value of a \(noun), or a list of values, not \(value.phrase)")
        }
      }
    case .anyOf(let shapes):
      try shapes.first { $0.takes(node.kind) }?.check(node, named: name)
    }
  }

  private static func check(_ node: FileNode, keys: [FormKey], _ name: String) throws(FileProblem) {
    var seen: [String] = []
    for entry in node.entries {
      guard let key = keys.first(where: { $0.name == entry.key }) else {
        throw .unknown("key", entry.key, among: keys.map(\.name), at: entry.keyPosition)
      }
      guard !seen.contains(entry.key) else {
        throw FileProblem(
          entry.keyPosition, "the key \(entry.key) stands more than once in its mapping; keep one")
      }
      seen.append(entry.key)
      try key.shape.check(entry.value, named: "`\(key.name)`")
    }
    guard !seen.isEmpty else {
      throw FileProblem(
        node.position,
        "\(name) is an empty mapping; it has the keys \(keys.map(\.name).joined(separator: ", "))")
    }
    if let missing = keys.first(where: { $0.isRequired && !seen.contains($0.name) }) {
      throw FileProblem(
        node.position, "the key \(missing.name) is missing in \(name)")
    }
  }

  private func misfit(_ node: FileNode, _ name: String) -> FileProblem {
    var text = "\(name) needs \(phrase), not \(node.phrase)"
    if node.kind == .text, takes(.number), FileNumber.double(node.text) != nil {
      text += "; write the number without quotes"
    }
    return FileProblem(node.position, text)
  }
}
