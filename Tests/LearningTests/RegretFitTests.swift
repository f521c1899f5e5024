import CurveModel
import Foundation
import Scoring
import TestSupport
import Testing

@testable import Learning

@Suite struct RegretFitTests {
  /// A valley around `best`: a parabola up to 1, with a cliff 0.6 decades above.
  private static func valley(_ best: Double) -> RegretCurve {
    let points = stride(from: best - 3, through: best + 1.5, by: 0.25).map { place in
      let distance = place - best
      let regret = distance > 0.6 ? 1 : min(0.2 * distance * distance, 1)
      return RatePoint(
        rate: RateKey(pow(10, place)), values: [regret], mean: regret, failureRate: regret >= 1 ? 1 : 0)
    }
    return RegretCurve(
      TaskStudy(
        task: 0, untrained: 1, points: points,
        oracle: Oracle(estimator: .plugin, value: 0, log10Rate: best, isAtEdge: false, fallback: nil),
        noise: NoiseFloor(standardDeviation: 0, degreesOfFreedom: 0, delta: 0), indifference: [], cliff: nil,
        isInformative: true, bimodal: []))
  }

  @Test func `The slope of a regret is the derivative of its value`() {
    let table = RegretTable(Self.valley(-2), blur: 0.2)
    // Between the samples: at a sample the slope jumps.
    for place in stride(from: -6.013, through: 0, by: 0.1) {
      let step = 1e-5
      let rise = table.value(at: place + step).regret - table.value(at: place - step).regret
      #expect(abs(rise / (2 * step) - table.value(at: place).slope) < 1e-3, "\(place)")
    }
  }

  @Test func `Regret lies on straight lines between the rates of the grid, is 1 above it and grows below it`()
  {
    let curve = Self.valley(-2)
    #expect(RegretTable.regret(of: curve, at: -2) < 1e-9)
    #expect(abs(RegretTable.regret(of: curve, at: -2.125) - 0.5 * 0.2 * 0.0625) < 1e-6)
    #expect(RegretTable.regret(of: curve, at: 1) == 1)
    #expect(RegretTable.regret(of: curve, at: -8) >= RegretTable.regret(of: curve, at: -6))
  }

  @Test func `The gradient of the mean regret is its derivative`() {
    let fit = Self.sample()
    let place = [-2.1, 0.3, -0.2]
    // So near that no sample's kink lies between.
    let gradient = fit.objective(place).gradient
    for column in place.indices {
      var (low, high) = (place, place)
      low[column] -= 1e-8
      high[column] += 1e-8
      let slope = (fit.objective(high).value - fit.objective(low).value) / 2e-8
      #expect(abs(slope - gradient[column]) < 1e-3)
    }
  }

  @Test func `It finds which input the best rate follows, and stays below a cliff`() {
    let found = Self.sample().coefficients()
    #expect(abs(found[1] - 0.5) < 0.15)
    #expect(abs(found[2]) < 0.1)
    // The valley's floor is at -2; the cliff above it pushes the answer down, never up.
    #expect(found[0] < -2.0 && found[0] > -2.6)
  }

  /// 60 tasks whose best rate is -2 + 0.5 · the first input; the second says nothing.
  private static func sample() -> RegretFit {
    var numbers = SeededNumbers(seed: 3)
    let draw = { Double(numbers.next() % 20_001) / 10_000 - 1 }
    let inputs = (0..<60).map { _ in [1.0, 1.7 * draw(), 1.7 * draw()] }
    let best = inputs.map { -2 + 0.5 * $0[1] }
    return RegretFit(
      rows: inputs, tables: best.map { RegretTable(valley($0), blur: 0.2) }, targets: best,
      weights: inputs.map { _ in 1 })
  }

  @Test func `A system of equations has the solution that it has by hand`() {
    // 4x + y = 1, x + 3y = 2
    let solution = SymmetricSystem.solution(of: [4, 1, 1, 3], [1, 2])
    #expect(abs(solution[0] - 1.0 / 11) < 1e-12)
    #expect(abs(solution[1] - 7.0 / 11) < 1e-12)
  }

  @Test func `BFGS finds the minimum of Rosenbrock's valley`() {
    let minimizer = BFGSMinimizer { x in
      let (a, b) = (x[0], x[1])
      return (
        100 * (b - a * a) * (b - a * a) + (1 - a) * (1 - a),
        [-400 * a * (b - a * a) - 2 * (1 - a), 200 * (b - a * a)]
      )
    }
    let found = minimizer.minimum(from: [-1.2, 1])
    #expect(abs(found[0] - 1) < 1e-4 && abs(found[1] - 1) < 1e-4)
  }
}
