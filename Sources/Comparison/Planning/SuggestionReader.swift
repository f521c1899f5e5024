public import CurveModel
internal import DatasetKit
internal import StrategyKit
internal import TrainingEngine

/// Asks the strategies of a comparison about a range test.
public struct SuggestionReader: Sendable {
  /// The strategies, in the order of the comparison.
  public let strategies: [StrategyChoice]

  /// Reads for these strategies.
  public init(_ strategies: [StrategyChoice]) { self.strategies = strategies }

  /// What tells one strategy's answers from another's in a cache: name, version and settings.
  public static func cacheKey(_ choice: StrategyChoice) -> String {
    "\(choice.type.descriptor.name) \(choice.type.descriptor.version) \(choice.settings.joined(separator: ","))"
  }

  /// What one strategy suggests; nil where it abstains.
  ///
  /// A strategy whose constants were fitted is asked for the fit that did not see the task's family of data sets, as scoring
  /// asks it: that is the rate to train at.
  ///
  /// - Parameters:
  ///   - choice: the strategy.
  ///   - curve: the range test.
  ///   - run: what was recorded, for the context: optimizer, schedule and seed.
  /// - Throws: `StrategyError` with the strategy's name.
  public func suggestion(
    of choice: StrategyChoice, for curve: LossCurve, recordedBy run: RunSpecification
  ) throws -> RateKey? {
    let context = SuggestionContext(
      optimizerFamily: run.task.optimizer.family, use: run.task.use,
      trainingSteps: run.task.steps, parameters: choice.parameters, seed: run.seed)
    do throws(StrategyError) {
      let suggestion =
        if let fitted = choice.type as? any FittedStrategy.Type {
          try fitted.init().suggestion(for: curve, in: context, leavingOut: Self.family(of: run.task.dataset))
        } else {
          try choice.type.init().suggestion(for: curve, in: context)
        }
      switch suggestion {
      case .rate(let rate): return RateKey(rate.learningRate)
      case .abstention: return nil
      }
    } catch {
      throw StrategyError("strategy \(choice.name) failed on a range test of \(run.task.title): \(error)")
    }
  }

  /// The family of a data set; its own name where the registry does not know it.
  private static func family(of dataset: String) -> String {
    (try? Dataset.entry(named: dataset).family) ?? dataset
  }
}
