import CurveModel
import StrategyKit

/// Every strategy's answer about one curve.
struct SuggestionReport: Sendable {
  struct Answer: Sendable {
    let descriptor: StrategyDescriptor
    let suggestion: Suggestion
  }

  /// What a strategy that knows uses suggests for each.
  struct UseRow: Sendable {
    let strategy: String
    /// The rates by the name of the use; nil where it abstains.
    let rates: [(name: String, rate: Double?)]
  }

  private static let uses: [(name: String, use: IntendedUse)] = [
    ("one-cycle or cosine", .peak), ("constant", .constant), ("fine-tune", .fineTuning),
  ]

  let curve: NamedCurve
  let answers: [Answer]
  /// The answers of strategies that know uses, use by use; empty where a use was named.
  let byUse: [UseRow]

  /// Asks the strategies one after the other.
  ///
  /// - Parameters:
  ///   - strategies: Who is asked.
  ///   - curve: About what.
  ///   - optimizerFamily: The optimizer, where the curve does not say it.
  ///   - use: What the rate will be used for, where the command knows; a curve of trained weights is one of fine-tuning.
  ///   - trainingSteps: How many steps the training will take, where it is known.
  /// - Throws: `StrategyError`, with the strategy's name, if one fails.
  init(
    asking strategies: [ChosenStrategy], about curve: NamedCurve, optimizerFamily: String?,
    use: IntendedUse = .unknown, trainingSteps: Int? = nil
  ) throws {
    self.curve = curve
    let use = curve.curve.header.beginsWithTrainedWeights ? .fineTuning : use
    let family = optimizerFamily ?? curve.curve.header.taskLabel("optimizer")
    func ask(_ chosen: ChosenStrategy, _ use: IntendedUse) throws -> Suggestion {
      let context = SuggestionContext(
        optimizerFamily: family, use: use, trainingSteps: trainingSteps, parameters: chosen.parameters,
        seed: curve.curve.header.seed ?? 0)
      do throws(StrategyError) {
        return try chosen.type.init().suggestion(for: curve.curve, in: context)
      } catch {
        throw StrategyError("strategy \(chosen.descriptor.name) failed: \(error)")
      }
    }
    answers = try strategies.map { chosen in
      let answer = Answer(descriptor: chosen.descriptor, suggestion: try ask(chosen, use))
      return answer.warning(ifUsedFor: use)
    }
    byUse =
      use == .unknown
      ? try strategies.filter { $0.descriptor.meantFor == .asAsked }.map { chosen in
        UseRow(
          strategy: chosen.descriptor.name,
          rates: try Self.uses.map { name, use in
            guard case .rate(let rate) = try ask(chosen, use) else { return (name, nil) }
            return (name, rate.learningRate)
          })
      } : []
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
  /// The same with a warning where its number is meant for another use.
  fileprivate func warning(ifUsedFor use: IntendedUse) -> Self {
    let meant = descriptor.meantFor
    guard case .rate(var rate) = suggestion, [.constant, .peak].contains(use),
      [.constant, .peak].contains(meant),
      use != meant
    else { return self }
    let words = { (use: IntendedUse) in
      use == .constant ? "a rate that stays constant" : "the peak of a schedule"
    }
    rate.warnings.append("the number is meant as \(words(meant)), not as \(words(use))")
    return Self(descriptor: descriptor, suggestion: .rate(rate))
  }

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
