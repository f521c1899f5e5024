internal import DatasetKit
internal import DocumentFiles

/// The keys of weights and photographs.
extension AxisReader {
  func dataset(_ node: FileNode) throws(FileProblem) -> DatasetChoice {
    if Dataset.isFolder(node.text) { return .folder(node.text) }
    guard let entry = Dataset.entries.first(where: { $0.name == node.text }) else {
      throw .unknown("data set", node.text, among: Dataset.names, at: node.position)
    }
    return .registered(entry)
  }

  func from(_ node: FileNode) throws(FileProblem) -> FromChoice {
    let name = node["name"] ?? node
    guard !name.text.isEmpty else { throw FileProblem(name.position, "`from` names no weights") }
    let sha256 = try node["sha256"].map { node throws(FileProblem) in try digits(node, Self.hashDigits) }
    return FromChoice(name: name.text, sha256: sha256)
  }

  func groups(_ node: FileNode) throws(FileProblem) -> [String] {
    let names = TaskStart.groups(node.text)
    guard !names.contains("") else {
      throw FileProblem(node.position, "\(node.phrase) lacks a name beside a comma")
    }
    return Set(names).sorted()
  }

  func photographs(_ node: FileNode) throws(FileProblem) -> PhotographChoice {
    PhotographChoice(
      labels: try rule(node["labels"]), strata: try rule(node["stratify"]), side: node["size"]?.whole,
      splitSeed: node["split-seed"]?.whole.flatMap { UInt64(exactly: $0) },
      augmentation: node["augment"].flatMap { PhotographOptions.Augmentation(rawValue: $0.text) },
      version: try node["version"].map { node throws(FileProblem) in try digits(node, Self.versionDigits) })
  }

  private func rule(_ node: FileNode?) throws(FileProblem) -> LabelRule? {
    guard let node else { return nil }
    do throws(LabelRuleError) {
      return try LabelRule(parsing: node.text)
    } catch {
      throw FileProblem(node.position, error.description)
    }
  }

  /// The digits of a SHA-256, and of a version of photographs.
  private static let hashDigits = 64
  private static let versionDigits = 16

  private func digits(_ node: FileNode, _ count: Int) throws(FileProblem) -> String {
    guard node.text.utf8.count == count, node.text.utf8.allSatisfy("0123456789abcdef".utf8.contains) else {
      throw FileProblem(node.position, "\(node.phrase) is not \(count) hexadecimal digits in lower case")
    }
    return node.text
  }
}
