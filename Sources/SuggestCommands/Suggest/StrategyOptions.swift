import ArgumentParser
import StrategyKit
import StrategyRegistry

/// Which strategies to ask, as typed.
struct StrategyOptions: ParsableArguments {
  @Option(help: ArgumentHelp("A strategy to ask; may be repeated. (default: all)", valueName: "name"))
  var strategy: [String] = []

  @Option(
    help: ArgumentHelp(
      "A parameter of a strategy, as in steepest.bandwidth=0.3; may be repeated.", valueName: "name.key=value"
    ))
  var set: [String] = []

  /// The strategies with their parameters, in the order of the listing or of the options.
  ///
  /// - Throws: `UnknownStrategy`, `ParameterError` or ``UsageError``.
  func chosen(from catalog: StrategyCatalog = .builtIn) throws -> [ChosenStrategy] {
    try Self.chosen(strategy.isEmpty ? catalog.names : strategy, set: set, from: catalog)
  }

  /// The strategies of these names, each once, with their parameters as typed behind `--set`.
  ///
  /// - Parameter option: How another one would be asked, in words to be followed by its name.
  /// - Throws: `UnknownStrategy`, `ParameterError` or ``UsageError``.
  static func chosen(
    _ typed: [String], set: [String], askedBy option: String = "add --strategy",
    from catalog: StrategyCatalog = .builtIn
  ) throws -> [ChosenStrategy] {
    var names: [String] = []
    for name in typed where !names.contains(name) { names.append(name) }
    var settings: [String: [(name: String, text: String)]] = [:]
    for text in set {
      let (strategy, key, value) = try split(text)
      _ = try catalog.strategy(named: strategy)
      guard names.contains(strategy) else {
        throw UsageError("--set \(text): \(strategy) is not asked; \(option) \(strategy)")
      }
      settings[strategy, default: []].append((key, value))
    }
    return try names.map { name in
      let type = try catalog.strategy(named: name)
      return ChosenStrategy(
        type: type, parameters: try ParameterValues(settings[name] ?? [], for: type.descriptor))
    }
  }

  /// Splits at the last dot before the equals sign: strategies' names may hold dots.
  private static func split(_ text: String) throws -> (strategy: String, key: String, value: String) {
    guard let equals = text.firstIndex(of: "="), let dot = text[..<equals].lastIndex(of: "."),
      dot > text.startIndex, text.index(after: dot) < equals
    else {
      throw UsageError("--set \(text): expected strategy.parameter=value, as in steepest.bandwidth=0.3")
    }
    return (
      String(text[..<dot]), String(text[text.index(after: dot)..<equals]),
      String(text[text.index(after: equals)...])
    )
  }
}

/// A strategy that is to be asked.
struct ChosenStrategy: Sendable {
  let type: any SuggestionStrategy.Type
  let parameters: ParameterValues
  var descriptor: StrategyDescriptor { type.descriptor }
}
