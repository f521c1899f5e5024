public import StrategyKit

/// The ensemble of NeuralProphet.
public let strategies: [any SuggestionStrategy.Type] = [NeuralProphet.self]
