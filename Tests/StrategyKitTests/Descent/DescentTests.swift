import CurveModel
import Glibc
import StrategyKit
import TestSupport
import Testing

@Suite struct DescentTests {
  /// A curve over the rates 10⁻⁷ to 10; `loss` is given log10 rate and a nearly normal number.
  private func curve(
    _ count: Int = 100, skipped: [Int] = [], _ loss: (Double, Double) -> Double
  ) throws -> LossCurve {
    var random = SeededNumbers(seed: 9)
    let positions = (0..<count).map { -7 + 8 * Double($0) / Double(count) }
    return try LossCurve(
      learningRates: positions.map { pow(10, $0) }, rawLosses: positions.map { loss($0, random.normal()) },
      skippedSteps: skipped)
  }

  /// From 2.3 down to 0.3, steepest at 10⁻³, and up again beyond 10⁻¹.
  private func descent(_ x: Double) -> Double {
    0.3 + 2 / (1 + exp(2.5 * (x + 3))) + (x < -1 ? 0 : 3 * (x + 1) * (x + 1) * (x + 1) * (x + 1))
  }

  private func cause(_ curve: LossCurve) -> Abstention.Cause? {
    do throws(Abstention) {
      _ = try Descent(of: curve, bandwidth: 0.25)
      return nil
    } catch {
      return error.cause
    }
  }

  @Test("finds level, minimum, fall and steepest descent of a clear curve", arguments: [0, 0.02])
  func clearCurve(noise: Double) throws {
    let curve = try curve { descent($0) + noise * $1 }
    let found = try Descent(of: curve, bandwidth: 0.25)
    #expect(abs(found.startLevel - 2.3) < 0.05)
    #expect(abs(found.fall - 2) < 0.1)
    #expect((-1.5 ... -0.3).contains(log10(found.learningRate(at: found.minimum))))
    #expect(abs(log10(found.learningRate(at: try found.steepest())) + 3) < 0.4)
    #expect(abs(found.noise - noise) < 0.01)
    #expect(found.usedPoints <= curve.count)
  }

  @Test("a position's index, rate and dot are those of the curve")
  func points() throws {
    let curve = try curve { descent($0) + 0.01 * $1 }
    let found = try Descent(of: curve, bandwidth: 0.25)
    for position in found.losses.indices {
      let point = found.point(at: position)
      #expect(curve.learningRates[point.index] == point.learningRate)
      #expect(point.loss == found.losses[position] && found.learningRate(at: position) == point.learningRate)
    }
    #expect(found.sweptRates == curve.learningRates[0]...curve.learningRates[99])
  }

  @Test("a long curve is thinned to indices inside it and in order", arguments: [4_000, 20_011, 100_000])
  func thinning(count: Int) throws {
    let curve = try curve(count) { descent($0) + 0.1 * $1 }
    let found = try Descent(of: curve, bandwidth: 0.25)
    let indices = found.losses.indices.map { found.point(at: $0).index }
    #expect(indices.allSatisfy(curve.learningRates.indices.contains))
    #expect(zip(indices, indices.dropFirst()).allSatisfy { $0 < $1 })
    #expect(found.log10Rates.count == found.losses.count && found.slopes.count == found.losses.count)
    #expect((1...count).contains(found.usedPoints))
    #expect(abs(log10(found.learningRate(at: try found.steepest())) + 3) < 0.4)
  }

  @Test("skipped steps do not count, also where their loss is not finite")
  func skippedSteps() throws {
    let skipped = [3, 40, 41]
    let spacing = 0.08
    let holed = try curve(skipped: skipped) { x, noise in
      skipped.contains { abs(x - (-7 + spacing * Double($0))) < spacing / 4 }
        ? .infinity : descent(x) + 0.01 * noise
    }
    let found = try Descent(of: holed, bandwidth: 0.25)
    #expect(!found.losses.indices.contains { skipped.contains(found.point(at: $0).index) })
    #expect(abs(log10(found.learningRate(at: try found.steepest())) + 3) < 0.4)
  }

  @Test("abstains with its reason where there is no descent")
  func abstentions() throws {
    #expect(cause(try curve(5) { x, _ in descent(x) }) == .tooFewPoints)
    #expect(cause(try curve { _, _ in 2.3 }) == .flat)
    #expect(cause(try curve { _, noise in 2.3 + 0.1 * noise }) == .neverFalls)
    #expect(cause(try curve { x, noise in 2.3 + 0.5 * (x + 7) + 0.01 * noise }) == .blowsUpFirst)
    #expect(cause(try curve { _, _ in .nan }) == .nonFiniteFromStart)
    #expect(cause(try curve { x, _ in x > -6.8 ? .infinity : 2.3 }) == .nonFiniteFromStart)
  }

  @Test("a run of positions ends where the condition or the bounds do")
  func runs() throws {
    let found = try Descent(of: try curve { x, _ in descent(x) }, bandwidth: 0.25)
    #expect(found.run(around: 20, within: 0..<40) { (15...22).contains($0) } == 15...22)
    #expect(found.run(around: 20, within: 18..<22) { _ in true } == 18...21)
    #expect(found.run(around: 20, within: 0..<40) { _ in false } == 20...20)
  }

  @Test("warns of smoothed losses and of a loss that still falls at the end")
  func warnings() throws {
    let falling = try curve { x, noise in 0.3 + 2 / (1 + exp(1.5 * (x + 1))) + 0.01 * noise }
    #expect(try Descent(of: falling, bandwidth: 0.25).warnings.count == 1)
    let smoothed = try LossCurve(
      learningRates: falling.learningRates, rawLosses: nil, smoothedLosses: falling.losses)
    #expect(try Descent(of: smoothed, bandwidth: 0.25).warnings.count == 2)
  }

  @Test("a suggestion outside the swept rates is an abstention, an interval is cut at them")
  func sweptRates() throws {
    let found = try Descent(of: try curve { x, noise in descent(x) + 0.01 * noise }, bandwidth: 0.25)
    let interval = 0...found.minimum
    let error = #expect(throws: Abstention.self) {
      try found.suggestion(at: 1, times: 0.1, interval: interval, reason: "r")
    }
    #expect(error?.cause == .outsideRange)
    guard case .rate(let rate) = try found.suggestion(at: 40, times: 0.1, interval: interval, reason: "r"),
      let bounds = rate.interval
    else {
      Issue.record("no suggestion")
      return
    }
    #expect(bounds.lowerBound == found.sweptRates.lowerBound && bounds.contains(rate.learningRate))
    #expect(rate.learningRate == found.learningRate(at: 40) * 0.1)
  }
}
