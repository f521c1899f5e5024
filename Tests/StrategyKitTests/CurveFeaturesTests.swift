import CurveModel
import Foundation
import TestSupport
import Testing

@testable import StrategyKit

@Suite struct CurveFeaturesTests {
  private static let rates = (0..<100).map { pow(10, -7 + 8 * Double($0) / 99) }

  /// A logistic descent from 1 to 0 around `middle`, then a rise.
  private static func losses(middle: Double, steepness: Double, scale: Double = 1, offset: Double = 0)
    -> [Double]
  {
    rates.map { rate in
      let x = log10(rate)
      let rise = x > 0.2 ? 3 * (x - 0.2) : 0
      return offset + scale * (1 / (1 + exp(steepness * (x - middle))) + rise)
    }
  }

  private static func curve(
    _ losses: [Double], diagnostics: StepDiagnostics = StepDiagnostics()
  ) throws -> LossCurve {
    try LossCurve(learningRates: rates, rawLosses: losses, diagnostics: diagnostics)
  }

  @Test(arguments: [-4.0, -2.5], [2.0, 4.0])
  func `A logistic descent has its places where the formula says`(_ middle: Double, _ steepness: Double)
    throws
  {
    let features = try CurveFeatures(of: Self.curve(Self.losses(middle: middle, steepness: steepness)))
    let expected: [(CurveFeature, Double)] = [
      (.fall10, log(1.0 / 9)), (.fall25, log(1.0 / 3)), (.fall50, 0), (.fall75, log(3)), (.fall90, log(9)),
    ]
    for (feature, logit) in expected {
      let place = try #require(features[feature])
      #expect(abs(place - (middle + logit / steepness)) < 0.1, "\(feature.rawValue) at \(place)")
    }
    #expect(abs(try #require(features[.steepest]) - middle) < 0.08)
    #expect(features[.descents] == 1)
    let lateness = try #require(features[.lateness])
    #expect(abs(lateness) < 0.15)
    let rising = try [CurveFeature.minimum, .rise10, .rise25].map { try #require(features[$0]) }
    #expect(rising[0] < rising[1] && rising[1] < rising[2])
  }

  @Test(arguments: [60, 2048, 3000, 20_000])
  func `The density is that of the points, however many are averaged`(_ count: Int) throws {
    let rates = (0..<count).map { pow(10, -6 + 7 * Double($0) / Double(count - 1)) }
    let losses = rates.map { 1 / (1 + exp(3 * (log10($0) + 2.5))) }
    let features = try CurveFeatures(of: LossCurve(learningRates: rates, rawLosses: losses))
    let density = try #require(features[.density])
    #expect(abs(density - log10(Double(count - 1) / 7)) < 0.005)
  }

  @Test func `A fall within fewer than ten points is too few of them, a rise without a fall is none`() throws
  {
    func abstention(_ losses: [Double]) throws -> Abstention? {
      let rates = losses.indices.map { pow(10, -6 + 7 * Double($0) / Double(losses.count - 1)) }
      let curve = try LossCurve(learningRates: rates, rawLosses: losses)
      return #expect(throws: Abstention.self) { try CurveFeatures(of: curve) }
    }
    let falls = try #require(try abstention([2.3, 2.3, 2.3, 2.3, 2.2, 1.2, 0.73, 3.1, 55, 500, 1000, 2000]))
    #expect(falls.cause == .tooFewPoints && falls.reason.contains("within 9 points"), "\(falls.reason)")
    let rises = try #require(try abstention([2.3, 2.3, 2.3, 2.3, 2.3, 2.4, 3.2, 4.7, 13.1, 55]))
    #expect(rises.cause == .blowsUpFirst && rises.reason.contains("without having fallen"))
  }

  @Test func `Wide places follow the curve, and a narrow sweep has none`() throws {
    let wide: [CurveFeature] = [.wideFall25, .wideSteepest, .wideMinimum]
    let near = try CurveFeatures(of: Self.curve(Self.losses(middle: -3, steepness: 2)))
    let places = try wide.map { try #require(near[$0]) }
    #expect(places[0] < places[1] && places[1] < places[2])
    // They are those of the descent under the wide window.
    let descent = try Descent(
      of: Self.curve(Self.losses(middle: -3, steepness: 2)), bandwidth: CurveFeatures.wideBandwidth)
    #expect(
      places == [
        descent.place(ofFall: 0.25), descent.log10Rates[try descent.steepest()],
        descent.log10Rates[descent.minimum],
      ])
    #expect(try #require(near.halfwayDown) == (places[0] + places[2]) / 2)
    let narrow = (0..<60).map { pow(10, -4 + 1.5 * Double($0) / 59) }
    let losses = narrow.map { 1 / (1 + exp(4 * (log10($0) + 3.3))) }
    let few = try CurveFeatures(of: LossCurve(learningRates: narrow, rawLosses: losses))
    #expect(few[.fall50] != nil)
    for feature in wide { #expect(few[feature] == nil, "\(feature.rawValue)") }
    #expect(few.halfwayDown == nil)
  }

  @Test(arguments: [(1e-4, 0.0), (250.0, -40.0), (3.0, 1e3)])
  func `Neither the scale of the loss nor a constant added to it changes a feature`(
    _ scale: Double, _ offset: Double
  ) throws {
    var numbers = SeededNumbers(seed: 7)
    let noise = Self.rates.map { _ in 0.02 * (Double(numbers.next() % 2000) / 1000 - 1) }
    let plain = zip(Self.losses(middle: -3, steepness: 2), noise).map { $0 + $1 }
    let one = try CurveFeatures(of: Self.curve(plain))
    let other = try CurveFeatures(of: Self.curve(plain.map { offset + scale * $0 }))
    for feature in CurveFeature.allCases {
      switch (one[feature], other[feature]) {
      case (nil, nil): continue
      case (let a?, let b?): #expect(abs(a - b) < 1e-5 * max(1, abs(a)), "\(feature.rawValue): \(a), \(b)")
      default: Issue.record("\(feature.rawValue) is there with one scale only")
      }
    }
  }

  @Test func `What the weights do gives places, and without a recording none`() throws {
    let count = Self.rates.count
    let weights = [Double](repeating: 2, count: count)
    // The distance is the rate itself: a hundredth of the norm of 2 is passed at a rate of 0.02.
    let gradients = (0..<count).map { $0 == 3 ? 10.0 : 1.0 }
    let recorded = StepDiagnostics(
      gradientNorm: gradients, parameterNorm: weights, updateNorm: Self.rates,
      gradientUpdateProduct: Self.rates.map { -$0 }, distanceFromStart: Self.rates)
    let losses = Self.losses(middle: -3, steepness: 2)
    let features = try CurveFeatures(of: Self.curve(losses, diagnostics: recorded))
    for (feature, place) in [(CurveFeature.distance1, 0.02), (.distance10, 0.2), (.distance30, 0.6)] {
      #expect(abs(try #require(features[feature]) - log10(place)) < 1e-6, "\(feature.rawValue)")
    }
    // Running medians of the last five ratios.
    #expect(abs(try #require(features[.updateRatio]) - log10(0.02)) < 0.2)
    #expect(abs(try #require(features[.gradientTail]) - 1) < 1e-9)
    let fall = try Descent(of: Self.curve(losses), bandwidth: CurveFeatures.bandwidth).fall
    #expect(abs(try #require(features[.polyak]) - log10(fall)) < 1e-9)
    let bare = try CurveFeatures(of: Self.curve(losses))
    for feature in [CurveFeature.distance1, .updateRatio, .gradientTail, .gradientSpread, .promise, .polyak] {
      #expect(bare[feature] == nil, "\(feature.rawValue)")
    }
    #expect(bare[.fall50] == features[.fall50])
  }

  @Test func `A curve that shows nothing has no features`() throws {
    let flat = try Self.curve(Self.rates.map { _ in 2.3 })
    #expect(throws: Abstention.self) { try CurveFeatures(of: flat) }
  }

  @Test func `Every feature has a name of its own, a unit and a meaning`() {
    #expect(Set(CurveFeature.allCases.map(\.rawValue)).count == CurveFeature.allCases.count)
    #expect(Set(CurveFeature.allCases.map(\.meaning)).count == CurveFeature.allCases.count)
    #expect(CurveFeature.allCases.allSatisfy { !$0.unit.isEmpty })
  }
}
