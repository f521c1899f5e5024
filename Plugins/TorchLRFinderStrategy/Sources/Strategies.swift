public import StrategyKit

/// The rule of davidtvs/pytorch-lr-finder.
public let strategies: [any SuggestionStrategy.Type] = [TorchLRFinder.self]
