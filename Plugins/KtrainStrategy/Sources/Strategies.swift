public import StrategyKit

/// The three estimates of ktrain.
public let strategies: [any SuggestionStrategy.Type] = [
  KtrainGradient.self, KtrainMinimum.self, KtrainValley.self,
]
