internal import DocumentFiles

/// Makes the stages of a workflow file: what defaults and `--set` say, and then the stage itself.
struct WorkflowReader {
  private let root: FileNode
  private let settings: [WorkflowSetting]
  private let vocabularies: [StageCommand: OptionVocabulary]

  init(
    _ root: FileNode, settings: [WorkflowSetting], vocabularies: [StageCommand: OptionVocabulary]
  ) {
    self.root = root
    self.settings = settings
    self.vocabularies = vocabularies
  }

  /// Names that mean something else in the folder.
  private static let reservedNames = ["stages"]
  private static let mostStages = 1000

  func stages() throws(StageProblem) -> [WorkflowStage] {
    let list = try WorkflowKeys.required("stages", in: root, "the file")
    guard list.kind == .list, !list.elements.isEmpty, list.elements.count <= Self.mostStages else {
      throw StageProblem(.file(list.position), "`stages` needs a list of 1 to \(Self.mostStages) stages")
    }
    var outlines: [Outline] = []
    for node in list.elements {
      let outline = try outline(node)
      guard !outlines.contains(where: { $0.name == outline.name }) else {
        throw StageProblem(
          .file((node["name"] ?? node).position),
          "there is a stage \(outline.name) already; name this one differently")
      }
      outlines.append(outline)
    }
    // A stage called record or train is meant where `--set` names it, not all that do so.
    let names = outlines.map(\.name)
    let defaults = try Defaults(
      root["defaults"], settings.filter { $0.scope.map { !names.contains($0) } ?? true }, vocabularies)
    try checkScopes(of: outlines)
    var stages: [WorkflowStage] = []
    for outline in outlines { stages.append(try stage(outline, defaults)) }
    return stages
  }

  // MARK: Stages

  private struct Outline {
    let name: String
    let command: StageCommand
    let entry: FileNode.Entry
  }

  private func outline(_ node: FileNode) throws(StageProblem) -> Outline {
    let commands = StageCommand.allCases.map(\.rawValue)
    try WorkflowKeys.check(node, of: "a stage", allowed: ["name"] + commands)
    let nameNode = try WorkflowKeys.required("name", in: node, "this stage")
    let name = try WorkflowKeys.name(nameNode, noun: "stage", punctuation: "_-", initialDigit: false)
    guard !Self.reservedNames.contains(name) else {
      throw StageProblem(.file(nameNode.position), "no stage can be called \(name); use another name")
    }
    let works = node.entries.filter { commands.contains($0.key) }
    guard let work = works.first, let command = StageCommand(rawValue: work.key) else {
      throw StageProblem(
        .file(node.position),
        "stage \(name) does nothing; give it the key \(commands.joined(separator: " or "))")
    }
    if works.count > 1 {
      throw StageProblem(
        .file(works[1].keyPosition),
        "stage \(name) is one of \(commands.joined(separator: " and ")); make two stages")
    }
    guard [.nothing, .mapping].contains(work.value.kind) else {
      throw StageProblem(
        .file(work.value.position), "`\(work.key)` needs a mapping of options, not \(work.value.phrase)")
    }
    return Outline(name: name, command: command, entry: work)
  }

  /// Finds settings for stages that are not there.
  private func checkScopes(of outlines: [Outline]) throws(StageProblem) {
    for setting in settings {
      guard let scope = setting.scope, StageCommand(rawValue: scope) == nil else { continue }
      guard outlines.contains(where: { $0.name == scope }) else {
        throw StageProblem(
          .typed(setting.text), FileProblem.unknown("stage", scope, among: outlines.map(\.name)))
      }
    }
  }

  private func stage(_ outline: Outline, _ defaults: Defaults) throws(StageProblem) -> WorkflowStage {
    guard let vocabulary = vocabularies[outline.command] else { preconditionFailure("every command has one") }
    let reader = OptionReader(vocabulary: vocabulary)
    let levels =
      try defaults.levels(of: outline.command) + [
        reader.changes(outline.entry.value.entries),
        reader.changes(settings.filter { $0.scope == outline.name }),
      ]
    var options: [String: StageOption] = [:]
    for level in levels {
      for (name, change) in level {
        switch change {
        case .value(let option): options[name] = option
        case .off: options[name] = nil
        case .removal(let origin):
          guard options.removeValue(forKey: name) != nil else {
            throw StageProblem(
              origin, "no default gives `\(name)`, so that none can be left out; give it a value")
          }
        }
      }
    }
    return WorkflowStage(
      name: outline.name, command: outline.command, position: outline.entry.keyPosition,
      options: vocabulary.names.compactMap { options[$0] })
  }
}
