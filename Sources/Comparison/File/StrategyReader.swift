internal import DocumentFiles
internal import StrategyKit
internal import StrategyRegistry

/// Makes the strategies of a comparison file; their form has been checked.
struct StrategyReader {
  let catalog: StrategyCatalog

  /// The strategies in the file's order.
  ///
  /// - Parameter node: nil means all.
  /// - Throws: ``FileProblem``.
  func choices(_ node: FileNode?) throws(FileProblem) -> [StrategyChoice] {
    guard let node else { return all(.direct, except: []) }
    let named = node.elements.filter { $0["set"] == nil }.map { ($0["name"] ?? $0).text }
    var choices: [StrategyChoice] = []
    var names = Set<String>()
    for element in node.elements {
      for choice in try self.choices(of: element, named: named) {
        guard names.insert(choice.name).inserted else {
          throw FileProblem(
            element.position, "\(choice.name) stands twice among the strategies; remove this one")
        }
        choices.append(choice)
      }
    }
    return choices
  }

  private func choices(of element: FileNode, named: [String]) throws(FileProblem) -> [StrategyChoice] {
    let name = element["name"] ?? element
    let evaluation = element["evaluation"].flatMap { StrategyChoice.Evaluation(rawValue: $0.text) } ?? .direct
    if name.text == ComparisonForm.all {
      if let set = element["set"] {
        throw FileProblem(set.position, "`set` needs one strategy; name it in place of all")
      }
      return all(evaluation, except: named)
    }
    guard let type = catalog.strategies.first(where: { $0.descriptor.name == name.text }) else {
      throw .unknown("strategy", name.text, among: catalog.names, at: name.position)
    }
    return try variations(of: type, element["set"]?.entries ?? []).map { settings throws(FileProblem) in
      try choice(type, settings, evaluation, at: element.position)
    }
  }

  private func all(_ evaluation: StrategyChoice.Evaluation, except named: [String]) -> [StrategyChoice] {
    catalog.strategies.filter { !named.contains($0.descriptor.name) }.map {
      StrategyChoice($0, settings: [], parameters: ParameterValues(), evaluation: evaluation)
    }
  }

  private typealias Setting = (name: String, text: String)

  /// Every combination of the settings' values, sorted by name; the last varies fastest.
  private func variations(of type: any SuggestionStrategy.Type, _ entries: [FileNode.Entry])
    throws(FileProblem)
    -> [[Setting]]
  {
    var variations: [[Setting]] = [[]]
    for entry in entries.sorted(by: { $0.key < $1.key }) {
      var texts: [String] = []
      for value in entry.value.elements {
        let text = Self.text(value)
        do {
          _ = try ParameterValues([(entry.key, text)], for: type.descriptor)
        } catch {
          if case .unknown = error { throw Self.unknown(entry, type.descriptor) }
          throw FileProblem(value.position, error.description)
        }
        guard !texts.contains(text) else {
          throw FileProblem(value.position, "`\(entry.key)` names the same value twice; remove this one")
        }
        texts.append(text)
      }
      guard variations.count * texts.count <= Self.mostVariations else {
        throw FileProblem(
          entry.keyPosition,
          "these settings make more than \(Self.mostVariations) variations; name fewer values")
      }
      variations = variations.flatMap { variation in texts.map { variation + [(entry.key, $0)] } }
    }
    return variations
  }

  private static let mostVariations = 10_000

  private static func unknown(_ entry: FileNode.Entry, _ strategy: StrategyDescriptor) -> FileProblem {
    guard !strategy.parameters.isEmpty else {
      return FileProblem(entry.keyPosition, "strategy \(strategy.name) has no parameters; remove `set`")
    }
    return .unknown(
      "parameter of \(strategy.name)", entry.key, among: strategy.parameters.map(\.name),
      at: entry.keyPosition)
  }

  /// The same text for every way to write a number.
  private static func text(_ node: FileNode) -> String {
    if let whole = node.whole { return "\(whole)" }
    return node.number.map { "\($0)" } ?? node.text
  }

  /// A strategy with the settings that are not its defaults.
  private func choice(
    _ type: any SuggestionStrategy.Type, _ settings: [Setting], _ evaluation: StrategyChoice.Evaluation,
    at position: FilePosition
  ) throws(FileProblem) -> StrategyChoice {
    let changed = settings.filter { setting in
      let standard = type.descriptor.parameters.first { $0.name == setting.name }?.defaultText ?? ""
      let number = FileNumber.double(setting.text)
      return setting.text != standard && (number == nil || number != FileNumber.double(standard))
    }
    do {
      return StrategyChoice(
        type, settings: changed.map { "\($0.name)=\($0.text)" },
        parameters: try ParameterValues(changed, for: type.descriptor), evaluation: evaluation)
    } catch {
      throw FileProblem(position, error.description)
    }
  }
}
