public import StrategyKit

/// The rule of surmenok/keras_lr_finder.
public let strategies: [any SuggestionStrategy.Type] = [KerasLRFinder.self]
