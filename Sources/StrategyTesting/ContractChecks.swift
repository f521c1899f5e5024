import CurveModel
import Glibc
import StrategyKit

extension ContractCheck {
  static let describesItself = ContractCheck("has a well-formed name, version, summary and source") {
    strategy in
    let descriptor = strategy.descriptor
    let words = descriptor.name.split(separator: "-", omittingEmptySubsequences: false)
    let wellFormed = words.allSatisfy { word in
      !word.isEmpty && word.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 46 }
    }
    return [
      wellFormed ? nil : "the name is not made of lower-case words, digits and hyphens",
      descriptor.version.isEmpty ? "the version is empty" : nil,
      descriptor.summary.hasSuffix(".") ? nil : "the summary does not end with a full stop",
      descriptor.source.isEmpty ? "the source is empty" : nil,
    ].compactMap { $0 }
  }

  static let documentsItsParameters = ContractCheck("documents its parameters and accepts their defaults") {
    strategy in
    let descriptor = strategy.descriptor
    let names = descriptor.parameters.map(\.name)
    var found = Set(names).count == names.count ? [] : ["two parameters have one name"]
    for parameter in descriptor.parameters {
      if !parameter.summary.hasSuffix(".") {
        found.append("\(parameter.name) lacks a sentence that says what it is")
      }
      let typed = [(name: parameter.name, text: parameter.defaultText)]
      if (try? ParameterValues(typed, for: descriptor)) == nil {
        found.append("\(parameter.name) refuses its default")
      }
    }
    return found
  }

  static let givesTheSameAnswerTwice = ContractCheck("gives the same answer to the same question") {
    strategy in
    SampleCurve.all.compactMap { sample in
      // As text, which tells all doubles apart and lets the NaN at a peer's dot equal itself.
      "\(answer(of: strategy, to: sample.curve))" == "\(answer(of: strategy, to: sample.curve))"
        ? nil : "two answers for the curve \"\(sample.name)\""
    }
  }

  static let answersSoundly = ContractCheck("answers with finite rates and real points of the curve") {
    strategy in
    SampleCurve.all.flatMap { sample in
      switch answer(of: strategy, to: sample.curve) {
      case .failure(let error): ["fails on the curve \"\(sample.name)\": \(error)"]
      case .success(.abstention(let abstention)):
        abstention.reason.isEmpty ? ["abstains without a reason on \"\(sample.name)\""] : []
      case .success(.rate(let rate)):
        flaws(of: rate, on: sample.curve).map { "\($0) on the curve \"\(sample.name)\"" }
      }
    }
  }

  static let staysInsideTheSweptRange = ContractCheck("stays inside the swept rates") { strategy in
    guard strategy.descriptor.origin == .toolkit else { return [] }
    return SampleCurve.all.compactMap { sample in
      guard case .success(.rate(let rate)) = answer(of: strategy, to: sample.curve) else { return nil }
      let swept = sample.curve.learningRates[0]...sample.curve.learningRates[sample.curve.count - 1]
      let interval = rate.interval ?? rate.learningRate...rate.learningRate
      return swept.contains(rate.learningRate) && swept.contains(interval.lowerBound)
        && swept.contains(interval.upperBound)
        ? nil : "leaves the swept rates on \"\(sample.name)\""
    }
  }

  static let ignoresPowersOfTwo = ContractCheck(
    "gives the same bits when all losses are scaled by a power of two"
  ) {
    strategy in
    guard strategy.descriptor.origin == .toolkit else { return [] }
    return SampleCurve.all.flatMap { sample in
      [0x1p-20, 0x1p10].compactMap { factor in
        let original = decision(of: strategy, for: sample.curve)
        return decision(of: strategy, for: sample.scaled(by: factor)) == original
          ? nil : "losses times \(factor) change the answer on \"\(sample.name)\""
      }
    }
  }

  static let ignoresScaleAndOffset = ContractCheck(
    "gives the same answer at any scale and offset of the loss"
  ) { strategy in
    guard strategy.descriptor.origin == .toolkit else { return [] }
    return SampleCurve.all.flatMap { sample in
      let original = decision(of: strategy, for: sample.curve)
      let changed = [
        ("losses times 1e12", sample.scaled(by: 1e12)), ("losses times 1e-12", sample.scaled(by: 1e-12)),
        ("losses plus 1000 times the fall", sample.shifted(byFalls: 1000)),
        ("losses minus 1000 times the fall", sample.shifted(byFalls: -1000)),
      ]
      return changed.compactMap { what, curve in
        agree(decision(of: strategy, for: curve), original)
          ? nil : "\(what) change the answer on \"\(sample.name)\""
      }
    }
  }

  static let abstainsWhereNothingCanBeRead = ContractCheck("abstains where nothing can be read off the curve")
  { strategy in
    guard strategy.descriptor.origin == .toolkit else { return [] }
    return SampleCurve.unreadable.compactMap { sample in
      guard case .success(.rate(let rate)) = answer(of: strategy, to: sample.curve) else { return nil }
      return "suggests \(rate.learningRate) on \"\(sample.name)\""
    }
  }

  // MARK: Comparing answers

  private static func answer(
    of strategy: any SuggestionStrategy.Type, to curve: LossCurve
  ) -> Result<Suggestion, StrategyError> {
    do throws(StrategyError) {
      return .success(try strategy.init().suggestion(for: curve, in: SuggestionContext()))
    } catch {
      return .failure(error)
    }
  }

  /// What may not depend on the unit of the loss: the rate, its interval and the point's place, or the cause.
  private struct Decision: Equatable {
    var rates: [Double] = []
    var index = -1
    var cause = ""
  }

  private static func decision(of strategy: any SuggestionStrategy.Type, for curve: LossCurve) -> Decision {
    switch answer(of: strategy, to: curve) {
    case .success(.rate(let rate)):
      Decision(
        rates: [rate.learningRate, rate.interval?.lowerBound ?? 0, rate.interval?.upperBound ?? 0],
        index: rate.point.index)
    case .success(.abstention(let abstention)): Decision(cause: abstention.cause.rawValue)
    case .failure(let error): Decision(cause: error.description)
    }
  }

  private static func agree(_ first: Decision, _ second: Decision) -> Bool {
    first.cause == second.cause && first.rates.count == second.rates.count
      && zip(first.rates, second.rates).allSatisfy { $0 == $1 || abs(log10($0) - log10($1)) <= 1e-6 }
  }

  private static func flaws(of rate: SuggestedRate, on curve: LossCurve) -> [String] {
    var flaws: [String] = []
    if !(rate.learningRate.isFinite && rate.learningRate > 0) {
      flaws.append("the rate is \(rate.learningRate)")
    }
    if let interval = rate.interval, !(interval.lowerBound > 0 && interval.upperBound.isFinite) {
      flaws.append("the interval is \(interval)")
    }
    if !curve.learningRates.indices.contains(rate.point.index) {
      flaws.append("the point's index is \(rate.point.index)")
    } else if curve.learningRates[rate.point.index] != rate.point.learningRate {
      flaws.append("the point's rate is not the curve's")
    }
    if !(1...curve.count).contains(rate.usedPoints) { flaws.append("\(rate.usedPoints) points were used") }
    if rate.reason.isEmpty { flaws.append("there is no reason") }
    return flaws
  }
}
