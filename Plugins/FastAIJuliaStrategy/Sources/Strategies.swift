public import StrategyKit

/// The two estimators of FastAI.jl.
public let strategies: [any SuggestionStrategy.Type] = [FastAIJuliaMinimum.self, FastAIJuliaSteepest.self]
