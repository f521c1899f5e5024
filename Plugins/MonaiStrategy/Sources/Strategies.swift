public import StrategyKit

/// The rule of MONAI.
public let strategies: [any SuggestionStrategy.Type] = [Monai.self]
