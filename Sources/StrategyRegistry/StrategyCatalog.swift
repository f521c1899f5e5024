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

/// Up to three of `names` that are closest to `name`, the closest first.
///
/// A name counts as near if it contains `name` or is contained in it, or if at most half of its letters must change
/// (Levenshtein distance).
func nearestNames(to name: String, among names: [String]) -> [String] {
  let ranked = names.enumerated().compactMap {
    position, candidate -> (distance: Int, position: Int, name: String)? in
    let contained = !name.isEmpty && (candidate.contains(name) || name.contains(candidate))
    let distance = contained ? 1 : editDistance(name, candidate)
    return contained || distance * 2 <= candidate.count ? (distance, position, candidate) : nil
  }
  return ranked.sorted { ($0.distance, $0.position) < ($1.distance, $1.position) }.prefix(3).map(\.name)
}

/// The number of letters to insert, delete or replace to make `second` of `first` (Levenshtein 1966).
private func editDistance(_ first: String, _ second: String) -> Int {
  let second = Array(second)
  var row = Array(0...second.count)
  for (line, letter) in first.enumerated() {
    var diagonal = row[0]
    row[0] = line + 1
    for (column, other) in second.enumerated() {
      let replaced = diagonal + (letter == other ? 0 : 1)
      diagonal = row[column + 1]
      row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
    }
  }
  return row[second.count]
}
