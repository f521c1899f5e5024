internal import DocumentFiles

/// The options of all stages, and of all that do the same.
struct Defaults {
  private let shared: [FileNode.Entry]
  private let own: [StageCommand: [FileNode.Entry]]
  private let settings: [WorkflowSetting]
  private let vocabularies: [StageCommand: OptionVocabulary]

  /// Reads the names of defaults; values are read once a command is known.
  init(
    _ node: FileNode?, _ settings: [WorkflowSetting], _ vocabularies: [StageCommand: OptionVocabulary]
  ) throws(StageProblem) {
    self.settings = settings
    self.vocabularies = vocabularies
    var shared: [FileNode.Entry] = []
    var own: [StageCommand: [FileNode.Entry]] = [:]
    if let node, ![.nothing, .mapping].contains(node.kind) {
      throw StageProblem(.file(node.position), "`defaults` needs a mapping of options, not \(node.phrase)")
    }
    for entry in node?.entries ?? [] {
      guard let command = StageCommand(rawValue: entry.key) else {
        try Self.checkShared(entry.key, at: .file(entry.keyPosition), vocabularies)
        shared.append(entry)
        continue
      }
      guard [.nothing, .mapping].contains(entry.value.kind) else {
        throw StageProblem(
          .file(entry.value.position), "`\(entry.key)` needs a mapping of options, not \(entry.value.phrase)")
      }
      own[command] = entry.value.entries
    }
    for setting in settings where setting.scope == nil {
      try Self.checkShared(setting.key, at: .typed(setting.text), vocabularies)
    }
    self.shared = shared
    self.own = own
  }

  /// What defaults say of a command's options, the most general first.
  func levels(of command: StageCommand) throws(StageProblem) -> [[String: OptionChange]] {
    guard let vocabulary = vocabularies[command] else { return [] }
    let reader = OptionReader(vocabulary: vocabulary)
    return [
      try reader.changes(shared.filter { vocabulary[$0.key] != nil }),
      try reader.changes(settings.filter { $0.scope == nil && vocabulary[$0.key] != nil }),
      try reader.changes(own[command] ?? []),
      try reader.changes(settings.filter { $0.scope == command.rawValue }),
    ]
  }

  /// A default for all stages is an option of at least one of the commands.
  private static func checkShared(
    _ key: String, at origin: ValueOrigin, _ vocabularies: [StageCommand: OptionVocabulary]
  ) throws(StageProblem) {
    let known = StageCommand.allCases.compactMap { vocabularies[$0] }
    guard !known.contains(where: { $0[key] != nil }) else { return }
    if let reason = known.lazy.compactMap({ $0.reserved[key] }).first {
      throw StageProblem(origin, "`\(key)` is not set here: \(reason)")
    }
    var names: [String] = []
    for name in known.flatMap(\.names) where !names.contains(name) { names.append(name) }
    throw StageProblem(
      origin, FileProblem.unknown("key", key, among: names + StageCommand.allCases.map(\.rawValue)))
  }
}
