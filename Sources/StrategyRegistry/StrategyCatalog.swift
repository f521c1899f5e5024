import Spelling
public import StrategyKit

/// Looks strategies up by name.
public struct StrategyCatalog: Sendable {
  /// The strategies, in the order of every listing.
  public let strategies: [any SuggestionStrategy.Type]

  /// The catalog of every built-in strategy.
  public static let builtIn = StrategyCatalog(allStrategies)

  /// Makes a catalog of `strategies`, whose names must differ.
  public init(_ strategies: [any SuggestionStrategy.Type]) { self.strategies = strategies }

  /// The names, in order.
  public var names: [String] { strategies.map { $0.descriptor.name } }

  /// The strategy called `name`.
  ///
  /// - Throws: ``UnknownStrategy`` with the nearest names.
  public func strategy(named name: String) throws(UnknownStrategy) -> any SuggestionStrategy.Type {
    guard let found = strategies.first(where: { $0.descriptor.name == name }) else {
      throw UnknownStrategy(name: name, nearest: nearestNames(to: name, among: names))
    }
    return found
  }
}

/// A name no strategy has.
public struct UnknownStrategy: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was asked for.
  public let name: String
  /// Up to three names that are spelled alike.
  public let nearest: [String]

  /// One sentence with the nearest names.
  public var description: String {
    let hint = nearest.isEmpty ? "" : "; nearest: \(nearest.joined(separator: ", "))"
    return "no strategy is called \(name)\(hint); see `suggest strategies`"
  }
}
