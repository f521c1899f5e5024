import CurveModel
import Foundation
import StrategyKit
import StrategyTesting
import TestSupport
import Testing

@testable import LearnedStrategy

@Suite struct LearnedStrategyTests {
  private typealias Strategy = LearnedStrategy::LearnedStrategy
  private let probe = StrategyProbe(Strategy.self)

  @Test("keeps the contract of all strategies", arguments: ContractCheck.all)
  func keepsTheContract(_ check: ContractCheck) {
    #expect(check.violations(by: Strategy.self) == [])
  }

  private func curve() throws -> LossCurve {
    try probe.curve { x in
      2 / (1 + exp(2.5 * (x + 2.5))) + (x > -0.3 ? 8 * (x + 0.3) : 0) + 0.01 * sin(900 * x)
    }
  }

  private func rate(_ context: SuggestionContext) throws -> SuggestedRate {
    switch try Strategy().suggestion(for: curve(), in: context) {
    case .rate(let rate): return rate
    case .abstention(let abstention): throw abstention
    }
  }

  @Test("is the sum that its file says, checked by hand")
  func sums() throws {
    let model = try #require(Strategy.model)
    let features = try CurveFeatures(of: curve())
    let context = SuggestionContext(optimizerFamily: "adam", use: .constant, trainingSteps: 500)
    let (reading, fit) = try #require(model.fit(for: features, leavingOut: nil))
    #expect(reading == "losses-alone")
    var expected = fit.intercept
    for input in fit.inputs {
      switch input.quantity {
      case .feature(let feature): expected += input.coefficient * (try #require(features[feature]))
      case .trainingSteps: expected += input.coefficient * log10(500)
      case .isSGD, .isRMSProp, .isPeak: break
      }
    }
    #expect(abs(log10(try rate(context).learningRate) - expected) < 1e-9)
  }

  @Test("knows the optimizer, the use and the number of steps")
  func knowsTheSituation() throws {
    let peak = try rate(SuggestionContext(optimizerFamily: "adam", use: .peak)).learningRate
    let constant = try rate(SuggestionContext(optimizerFamily: "adam", use: .constant)).learningRate
    #expect(peak > constant)
    let long = try rate(SuggestionContext(optimizerFamily: "adam", use: .peak, trainingSteps: 100_000))
      .learningRate
    #expect(long < peak)
    #expect(try rate(SuggestionContext(optimizerFamily: "rmsprop", use: .peak)).learningRate != peak)
    #expect(try rate(SuggestionContext(use: .peak)).warnings.contains { $0.contains("--optimizer") })
  }

  @Test("says what moved the answer")
  func explains() throws {
    let explained = try rate(SuggestionContext(optimizerFamily: "adam", use: .peak, trainingSteps: 300))
      .explanation
    #expect(!explained.isEmpty)
    #expect(explained.first?.hasPrefix("an average curve asks for ") == true)
    #expect(explained.count > 1)
    #expect(explained.dropFirst().allSatisfy { $0.contains("raises it") || $0.contains("lowers it") })
  }

  @Test("what moved the answer, taken together, is all that moved it")
  func movesAddUp() throws {
    let context = SuggestionContext(optimizerFamily: "adam", use: .peak, trainingSteps: 300)
    let model = try #require(Strategy.model)
    let features = try CurveFeatures(of: curve())
    let fit = try #require(model.fit(for: features, leavingOut: nil)?.fit)
    let prediction = try RatePrediction(fit, features, Situation(context))
    let sum = prediction.moves.reduce(prediction.averageLog10Rate) { $0 + $1.decades }
    #expect(abs(sum - prediction.log10Rate) < 1e-9)
    #expect(prediction.steps == 300)
  }

  @Test("says over how many steps, and whose steps those are")
  func saysWhatItIsFor() throws {
    let told = try rate(SuggestionContext(optimizerFamily: "adam", use: .peak, trainingSteps: 300))
    #expect(told.reason.contains("over 300 steps, by"))
    let untold = try rate(SuggestionContext(optimizerFamily: "adam", use: .peak))
    #expect(untold.reason.contains("(--steps says yours)"))
  }

  @Test("abstains for an optimizer that nothing was learned about")
  func abstainsForOthers() throws {
    #expect(throws: Abstention.self) { try rate(SuggestionContext(optimizerFamily: "lion")) }
  }

  @Test("says which optimizer stands for another")
  func saysWhoStandsForAnother() throws {
    let adam = try rate(SuggestionContext(optimizerFamily: "adam", use: .peak))
    let other = try rate(SuggestionContext(optimizerFamily: "radam", use: .peak))
    #expect(other.learningRate == adam.learningRate)
    #expect(other.warnings.contains { $0.contains("by radam: the answer is that for adam") })
    #expect(!adam.warnings.contains { $0.contains("the answer is that for adam") })
  }

  @Test("abstains where the curve is unlike all it learned from, and says what is")
  func abstainsOutside() throws {
    var model = try #require(Strategy.model)
    for reading in model.readings.indices {
      for input in model.readings[reading].fits[0].inputs.indices {
        guard case .feature(.wideFall25) = model.readings[reading].fits[0].inputs[input].quantity else {
          continue
        }
        model.readings[reading].fits[0].inputs[input].lowest = -6
        model.readings[reading].fits[0].inputs[input].highest = -5.5
      }
    }
    let context = SuggestionContext(optimizerFamily: "sgd", use: .peak)
    let recorded = try curve()
    do throws(Abstention) {
      _ = try Strategy.rate(for: recorded, in: context, by: model)
      Issue.record("it answered")
    } catch {
      #expect(error.reason.contains("unlike all it learned from: the \(CurveFeature.wideFall25.meaning)"))
    }
  }

  @Test("its file reads back as it was written, and a damaged one is told")
  func readsBack() throws {
    let model = try #require(Strategy.model)
    #expect(try RateModel(parsing: Array(model.text.utf8)) == model)
    #expect(Array(model.text.utf8) == PackageResources.model_json)
    #expect(model.families == model.families.sorted())
    #expect(model.readings.allSatisfy { $0.fits.map(\.leftOut) == [nil] + model.families.map(Optional.some) })
    #expect(throws: StrategyError.self) { try RateModel(parsing: Array("{\"format\": 2}".utf8)) }
    #expect(throws: StrategyError.self) { try RateModel(parsing: Array("{".utf8)) }
  }
}
