internal import DocumentFiles

/// What a mapping, or `--set`, says of an option.
enum OptionChange: Sendable {
  case value(StageOption)
  /// The default is left out.
  case removal(ValueOrigin)
  /// A flag is off, whatever a default says.
  case off
}

/// Reads options with their values.
struct OptionReader {
  let vocabulary: OptionVocabulary

  /// The options of a mapping; nothing of one that is not there.
  func changes(_ entries: [FileNode.Entry]) throws(StageProblem) -> [String: OptionChange] {
    var changes: [String: OptionChange] = [:]
    for entry in entries {
      try checkName(entry.key, at: .file(entry.keyPosition))
      changes[entry.key] = try change(entry.key, to: entry.value, from: .file(entry.value.position))
    }
    return changes
  }

  /// The options of settings for one scope: the last of each, but all of those that may be repeated.
  func changes(_ settings: [WorkflowSetting]) throws(StageProblem) -> [String: OptionChange] {
    var changes: [String: OptionChange] = [:]
    for setting in settings {
      let origin = ValueOrigin.typed(setting.text)
      try checkName(setting.key, at: origin)
      let node = FileNode(value: .scalar(setting.value, isPlain: true), position: FilePosition())
      var change = try change(setting.key, to: node, from: origin)
      if case .value(let option) = change, case .value(let before)? = changes[setting.key],
        vocabulary[setting.key]?.isRepeating == true
      {
        change = .value(
          StageOption(name: option.name, values: before.values + option.values, origin: origin))
      }
      changes[setting.key] = change
    }
    return changes
  }

  /// - Throws: ``StageProblem`` where the command has no such option, or the workflow gives it.
  func checkName(_ key: String, at origin: ValueOrigin) throws(StageProblem) {
    if let reason = vocabulary.reserved[key] {
      throw StageProblem(origin, "`\(key)` is not set here: \(reason)")
    }
    guard vocabulary[key] != nil else {
      throw StageProblem(origin, FileProblem.unknown("key", key, among: vocabulary.names))
    }
  }

  private func change(_ key: String, to node: FileNode, from origin: ValueOrigin) throws(StageProblem)
    -> OptionChange
  {
    guard let option = vocabulary[key] else { return .off }
    if node.kind == .nothing, !node.text.isEmpty { return .removal(origin) }
    if option.isFlag {
      guard node.kind == .flag else {
        throw StageProblem(origin, "`\(key)` needs true or false, not \(node.phrase)")
      }
      return node.text == "true" ? .value(StageOption(name: key, values: [], origin: origin)) : .off
    }
    if node.kind == .list, !option.isRepeating {
      throw StageProblem(origin, "`\(key)` takes one value, not a list")
    }
    if node.kind == .list, node.elements.isEmpty {
      throw StageProblem(origin, "`\(key)` is an empty list; leave it out or name something")
    }
    var values: [String] = []
    for element in node.elements {
      guard ![.nothing, .list, .mapping].contains(element.kind), !element.text.isEmpty else {
        let place = node.kind == .list ? .file(element.position) : origin
        throw StageProblem(
          place, "`\(key)` needs a value, not \(element.kind == .text ? "\"\"" : element.phrase)")
      }
      values.append(element.kind == .number ? element.text.filter { $0 != "_" } : element.text)
    }
    return .value(StageOption(name: key, values: values, origin: origin))
  }
}
