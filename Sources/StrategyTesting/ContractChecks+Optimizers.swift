import CurveModel
import StrategyKit

extension ContractCheck {
  static let keepsToItsOptimizers = ContractCheck(
    "abstains for optimizers it does not know"
  ) { strategy in
    guard let known = strategy.descriptor.optimizers else { return [] }
    if known.isEmpty || Set(known).count != known.count {
      return ["its optimizers are none, or named twice"]
    }
    let unknown = "none-of-" + known.joined(separator: "-")
    return SampleCurve.all.compactMap { sample in
      let context = SuggestionContext(optimizerFamily: unknown)
      do throws(StrategyError) {
        guard case .rate = try strategy.init().suggestion(for: sample.curve, in: context) else { return nil }
        return "suggests a rate for an unknown optimizer on \"\(sample.name)\""
      } catch {
        return "fails for an unknown optimizer on \"\(sample.name)\": \(error)"
      }
    }
  }
}
