import CurveModel
import Foundation
import StrategyKit
import Testing

@testable import LearnedStrategy

@Suite struct FineTuningTests {
  private typealias Strategy = LearnedStrategy::LearnedStrategy
  private let context = SuggestionContext(optimizerFamily: "adam", use: .fineTuning, trainingSteps: 150)

  /// A descent with recorded gradients and weights, or losses alone.
  private func curve(recorded: Bool = true) throws -> LossCurve {
    let rates = (0..<100).map { pow(10, -7 + 8 * Double($0) / 99) }
    let losses = rates.map { rate in
      let place = log10(rate)
      return 2 / (1 + exp(2.5 * (place + 2.5))) + (place > -0.3 ? 8 * (place + 0.3) : 0) + 0.01
        * sin(900 * place)
    }
    return try LossCurve(
      learningRates: rates, rawLosses: losses,
      diagnostics: recorded
        ? StepDiagnostics(
          gradientNorm: rates.map { 1 + 0.05 * sin(1e5 * $0) }, parameterNorm: rates.map { _ in 10 },
          updateNorm: rates, gradientUpdateProduct: rates.map { -$0 }, distanceFromStart: rates.map { 3 * $0 }
        )
        : StepDiagnostics())
  }

  /// The built-in model, tried on curves whose gradients promised so much, without digits something else.
  private func model(
    promise: ClosedRange<Double>? = nil, withoutDigits: ClosedRange<Double>? = nil
  ) throws -> RateModel {
    var model = try #require(Strategy.model)
    let value = try #require(try CurveFeatures(of: curve())[.promise])
    func coverage(_ leftOut: String?, _ range: ClosedRange<Double>?) -> FineTuningTrial.Coverage {
      let range = range ?? value - 0.1...value + 0.1
      return .init(
        leftOut: leftOut,
        ranges: [.init(feature: .promise, lowest: range.lowerBound, highest: range.upperBound)])
    }
    model.fineTuning = FineTuningTrial(
      families: ["digits", "mnist"], tasks: 4, rangeTests: 12, good: 11,
      coverages: [coverage(nil, promise), coverage("digits", withoutDigits)])
    return model
  }

  private func reason(for curve: LossCurve, by model: RateModel, leavingOut family: String? = nil) -> String?
  {
    do throws(Abstention) {
      _ = try Strategy.rate(for: curve, in: context, by: model, leavingOut: family)
      return nil
    } catch {
      return error.reason
    }
  }

  @Test func `Where a curve is like those it was right on, fine-tuning gets the peak for random weights`()
    throws
  {
    let tuned = try Strategy.rate(for: curve(), in: context, by: model())
    let random = try Strategy.rate(
      for: curve(), in: SuggestionContext(optimizerFamily: "adam", use: .peak, trainingSteps: 150),
      by: model())
    #expect(tuned.learningRate == random.learningRate)
    #expect(tuned.reason.contains("fine-tuning"))
  }

  @Test(arguments: [nil, "another"])
  func `It abstains where gradients promise far more than came true there, and says so`(_ family: String?)
    throws
  {
    let model = try model(promise: -2 ... -1.9)
    let reason = try #require(try reason(for: curve(), by: model, leavingOut: family))
    #expect(reason.contains("unlike those of the fine-tuned networks"))
    #expect(reason.contains(CurveFeature.promise.meaning))
    #expect(try self.reason(for: curve(), by: model, leavingOut: "digits") == nil)
  }

  @Test
  func
    `Judged without a family, it looks at the range without that family, and abstains where there is none`()
    throws
  {
    let model = try model(withoutDigits: -2 ... -1.9)
    #expect(try reason(for: curve(), by: model) == nil)
    #expect(try reason(for: curve(), by: model, leavingOut: "digits")?.contains("unlike those") == true)
    #expect(try reason(for: curve(), by: model, leavingOut: "mnist")?.contains("not tried") == true)
  }

  @Test func `It abstains without recorded gradients, and where nothing was tried`() throws {
    let bare = try #require(try reason(for: curve(recorded: false), by: model()))
    #expect(bare.contains("recorded gradients and weights"))
    var untried = try model()
    untried.fineTuning = nil
    #expect(try #require(try reason(for: curve(), by: untried)).contains("not tried"))
  }

  @Test func `The built-in model was tried on several families, each with a coverage that never saw it`()
    throws
  {
    let trial = try #require(Strategy.model?.fineTuning)
    #expect(trial.families.count >= 3 && trial.good <= trial.rangeTests)
    #expect(trial.coverages.map(\.leftOut) == [nil] + trial.families.map(Optional.some))
    #expect(trial.coverages.allSatisfy { $0.ranges.map(\.feature) == [.promise] })
  }

  @Test(arguments: [
    ("\"good\"", "\"bad\""), ("\"ranges\"", "\"rages\""),
    ("\"feature\":\"promise\"", "\"feature\":\"premise\""),
    ("\"ranges\": [", "\"ranges\": [], \"others\": ["),
  ])
  func `A damaged trial is told`(_ word: String, _ wrong: String) throws {
    let text = try #require(Strategy.model).text
    let damaged = text.replacing(word, with: wrong)
    #expect(damaged != text)
    #expect(throws: StrategyError.self) { try RateModel(parsing: Array(damaged.utf8)) }
  }
}
