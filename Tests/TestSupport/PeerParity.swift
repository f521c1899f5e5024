public import Foundation
public import StrategyKit

/// How the rules of a peer compare with NumPy's answers in `Tests/Fixtures/peers`: recorded and raw losses, few points,
/// other parameters, recordings that end at a NaN.
///
/// - Returns: One sentence for each disagreement, and for each rule without an answer from raw losses.
public func disagreementsWithNumPy(of strategies: [any SuggestionStrategy.Type]) throws -> [String] {
  try strategies.flatMap { strategy in
    let name = strategy.descriptor.name
    let answers = try PeerAnswer.all(of: name)
    let found = try answers.compactMap { answer in
      let parameters = try ParameterValues(answer.typedSettings, for: strategy.descriptor)
      let ours = try strategy.init().suggestion(
        for: answer.input(), in: SuggestionContext(parameters: parameters))
      return answer.wrongAbstention(ours)
        ?? answer.disagreement(
          rate: ours.rate?.learningRate, index: ours.rate?.point.index, low: ours.rate?.interval?.lowerBound)
    }
    let isProved = answers.contains { $0.value != nil && !$0.recorded }
    return (isProved ? found : found + ["no answer from raw losses"]).map { "\(name): \($0)" }
  }
}

/// How strategies compare with what the upstream functions themselves suggested for a golden curve.
///
/// - Parameters:
///   - rules: The functions, by their names in the file, and the strategies that copy them.
///   - file: One of ``GoldenCurve/files``.
/// - Returns: One sentence for each disagreement.
public func disagreements(
  with rules: [(rule: String, strategy: any SuggestionStrategy.Type)], on file: URL
) throws -> [String] {
  let golden = try GoldenCurve(file: file)
  return try rules.compactMap { rule, strategy in
    let ours = try strategy.init().suggestion(for: golden.curve, in: SuggestionContext())
    if case .abstention(let abstention) = ours,
      abstention.cause != .upstreamRaises || abstention.reason.isEmpty
    {
      return "\(golden.name): \(rule) abstains for the wrong reason: \(abstention)"
    }
    return golden.disagreement(with: rule, suggested: ours.rate?.learningRate)
  }
}

extension PeerAnswer {
  /// What is wrong with the reason of an abstention; nil for a right one, and for a rate.
  fileprivate func wrongAbstention(_ suggestion: Suggestion) -> String? {
    guard case .abstention(let abstention) = suggestion else { return nil }
    let expected: Abstention.Cause = outside == true ? .outsideRange : .upstreamRaises
    return abstention.cause == expected && !abstention.reason.isEmpty
      ? nil : "\(curve): abstains because of \(abstention.cause.rawValue), not \(expected.rawValue)"
  }
}

extension Suggestion {
  fileprivate var rate: SuggestedRate? {
    if case .rate(let rate) = self { rate } else { nil }
  }
}
