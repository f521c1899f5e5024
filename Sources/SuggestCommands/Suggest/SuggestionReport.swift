import CurveModel
import StrategyKit

/// Every strategy's answer about one curve.
struct SuggestionReport: Sendable {
  struct Answer: Sendable {
    let descriptor: StrategyDescriptor
    let suggestion: Suggestion
  }

  let curve: NamedCurve
  let answers: [Answer]

  /// Asks the strategies one after the other.
  ///
  /// - Parameter use: What the rate will be used for, where the command knows.
  /// - Throws: `StrategyError`, with the strategy's name, if one fails.
  init(
    asking strategies: [ChosenStrategy], about curve: NamedCurve, optimizerFamily: String?,
    use: IntendedUse = .unknown
  ) throws {
    self.curve = curve
    let family = optimizerFamily ?? curve.curve.header.taskLabel("optimizer")
    answers = try strategies.map { chosen in
      let context = SuggestionContext(
        optimizerFamily: family, use: use, parameters: chosen.parameters, seed: curve.curve.header.seed ?? 0)
      do throws(StrategyError) {
        let suggestion = try chosen.type.init().suggestion(for: curve.curve, in: context)
        return Answer(descriptor: chosen.descriptor, suggestion: suggestion)
      } catch {
        throw StrategyError("strategy \(chosen.descriptor.name) failed: \(error)")
      }
    }
  }

  /// Writes each strategy's doubts to standard error.
  func reportWarnings(_ console: Console) {
    for answer in answers {
      for warning in answer.rate?.warnings ?? answer.abstention?.warnings ?? [] {
        console.report("warning: \(answer.descriptor.name): \(warning)")
      }
    }
  }

  /// Whether no strategy gave a rate.
  var allAbstained: Bool { answers.allSatisfy { $0.rate == nil } }
}

extension SuggestionReport.Answer {
  /// The suggested rate, if the strategy gave one.
  var rate: SuggestedRate? {
    guard case .rate(let rate) = suggestion else { return nil }
    return rate
  }

  /// The abstention, if the strategy abstained.
  var abstention: Abstention? {
    guard case .abstention(let abstention) = suggestion else { return nil }
    return abstention
  }
}
