public import StrategyKit

/// The rules of fastai 2.8 and of fastai 1.
public let strategies: [any SuggestionStrategy.Type] = [
  FastaiMinimum.self, FastaiSteep.self, FastaiValley.self, FastaiSlide.self, Fastai1Gradient.self,
]
