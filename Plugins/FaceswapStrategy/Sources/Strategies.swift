public import StrategyKit

/// The rule of faceswap.
public let strategies: [any SuggestionStrategy.Type] = [Faceswap.self]
