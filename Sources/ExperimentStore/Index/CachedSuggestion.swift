/// What a strategy said about a curve, remembered so that it need not be asked again.
public enum CachedSuggestion: Sendable, Equatable {
  /// A learning rate.
  case rate(Double)
  /// That it cannot tell, with its reason.
  case abstention(String)
}

/// Which strategy said something about which curve.
public struct SuggestionKey: Sendable, Hashable {
  /// The run that recorded the curve.
  public let curve: RunID
  /// The strategy with its version, parameters and context, as one text.
  public let strategy: String

  /// Names a suggestion.
  public init(curve: RunID, strategy: String) {
    self.curve = curve
    self.strategy = strategy
  }
}
