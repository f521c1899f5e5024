public import StrategyKit

/// The range of Dataiku's finder.
public let strategies: [any SuggestionStrategy.Type] = [Dataiku.self]
