public import CurveModel

/// A rule that reads a learning rate off a loss curve.
///
/// A strategy is a pure function of a curve and a context: the same input gives the same answer, in this process and
/// in any other. It sees nothing of the training, the store or the command line. Its target exports
///
/// ```swift
/// public let strategies: [any SuggestionStrategy.Type] = [MyStrategy.self]
/// ```
///
/// and everything else (listing, command line, contract tests) follows from that.
public protocol SuggestionStrategy: Sendable {
  /// Name, meaning and parameters.
  static var descriptor: StrategyDescriptor { get }

  /// Makes the strategy; it has no state.
  init()

  /// Suggests a learning rate for `curve`, or abstains.
  ///
  /// "I cannot tell" is an answer: return ``Suggestion/abstention(_:)`` with a reason rather than a number nobody
  /// should use.
  ///
  /// - Parameters:
  ///   - curve: Any valid curve, also a short, flat or diverged one. Everything the sweep recorded is in it.
  ///   - context: Optimizer family, intended use, parameters and a seed for strategies that draw random numbers.
  /// - Throws: ``StrategyError`` if the strategy itself failed; a curve it cannot read is an abstention.
  func suggestion(for curve: LossCurve, in context: SuggestionContext) throws(StrategyError) -> Suggestion
}

/// A failure of a strategy, as against an abstention.
public struct StrategyError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What failed, in one sentence.
  public let description: String

  /// Makes an error of one sentence.
  public init(_ description: String) { self.description = description }
}
