public import StrategyKit

/// The rule of PyTorch Ignite.
public let strategies: [any SuggestionStrategy.Type] = [Ignite.self]
