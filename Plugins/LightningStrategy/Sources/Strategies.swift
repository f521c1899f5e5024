public import StrategyKit

/// The rule of Lightning, since version 2.5.3 and before.
public let strategies: [any SuggestionStrategy.Type] = [Lightning.self, LightningByIndex.self]
