import Foundation
import Testing

@testable import Reporting

@Suite("The loss axis shows the descent")
struct FigureRangeTests {
  static func range(_ losses: [Double]) -> FigureRange { FigureRange(FigureSamples.figure(losses)) }

  @Test("a blow-up at the right end is cut off and counted", arguments: [1e2, 1e5, 1e12, 1e200])
  func cutsBlowUp(_ height: Double) {
    let losses = FigureSamples.descent(100, blowUp: height)
    let range = Self.range(losses)
    #expect(range.losses.contains(2.3) && range.losses.contains(losses.min() ?? .nan))
    #expect(range.losses.upperBound - range.losses.lowerBound < 2 * 1.8)
    #expect(range.highestCut == losses.max())
    #expect(range.cutAbove == losses.count { $0 > range.losses.upperBound } && range.cutAbove > 0)
    #expect(range.cutBelow == 0 && range.lowestCut == nil && range.notFinite == 0)
  }

  @Test("a spike flattens nothing, wherever it is", arguments: [0, 1, 5, 30, 60, 88], [1e6, -1e6])
  func ignoresSpikes(_ index: Int, _ height: Double) {
    var losses = FigureSamples.descent(100, blowUp: 0)
    losses[index] = height
    let range = Self.range(losses)
    #expect(range.losses.upperBound - range.losses.lowerBound < 2 * 1.8)
    #expect(range.losses.contains(2.29) && range.losses.contains(0.51))
    #expect(height > 0 ? range.highestCut == height : range.lowestCut == height)
  }

  @Test("a curve that only falls, a U and noise are shown whole")
  func showsWhole() {
    var generator = SeededGenerator(state: 1)
    let falling = (0..<80).map { 3 - 0.03 * Double($0) }
    let valley = (0..<81).map { pow((Double($0) - 40) / 40, 2) }
    let noise = (0..<200).map { _ in Double.random(in: 2...2.1, using: &generator) }
    let early = (0..<100).map { 0.5 + 2 * exp(-Double($0) / 15) }
    for losses in [falling, valley, noise, early] {
      let range = Self.range(losses)
      #expect(range.cutAbove == 0 && range.cutBelow == 0)
      #expect(losses.allSatisfy(range.losses.contains))
      let span = (losses.max() ?? 0) - (losses.min() ?? 0)
      #expect(range.losses.upperBound - range.losses.lowerBound < 1.2 * span)
    }
  }

  @Test("a trained network's curve, flat near zero and then rising, shows most of its points")
  func showsTrainedNetwork() {
    var generator = SeededGenerator(state: 1)
    let losses = (0..<100).map { index -> Double in
      index < 35
        ? pow(10, Double.random(in: -4 ... -1.5, using: &generator)) : 0.1 * exp(Double(index - 35) / 7)
    }
    let range = Self.range(losses)
    #expect(losses.count(where: range.losses.contains) >= 75)
    #expect(range.cutAbove == losses.count { $0 > range.losses.upperBound } && range.cutAbove >= 20)
  }

  @Test("losses that are not finite are counted and change nothing")
  func notFinite() {
    let losses = FigureSamples.descent(100)
    let plain = Self.range(losses)
    let tail = Self.range(losses + [.nan, .infinity, -.infinity])
    #expect(tail.losses == plain.losses)
    #expect(tail.notFinite == 3 && tail.highestCut == plain.highestCut)
  }

  @Test("the axis follows losses that are scaled", arguments: [pow(2, -40), pow(2, 40), 4])
  func followsScale(_ factor: Double) {
    let losses = FigureSamples.descent(100)
    let plain = Self.range(losses)
    let scaled = Self.range(losses.map { $0 * factor })
    #expect(scaled.losses.lowerBound == plain.losses.lowerBound * factor)
    #expect(scaled.losses.upperBound == plain.losses.upperBound * factor)
    #expect(scaled.cutAbove == plain.cutAbove)
  }

  @Test("the axis follows losses that are shifted, also below zero", arguments: [-1000.0, -3, 1000])
  func followsShift(_ offset: Double) {
    let losses = FigureSamples.descent(100)
    let plain = Self.range(losses)
    let shifted = Self.range(losses.map { $0 + offset })
    #expect(abs(shifted.losses.lowerBound - offset - plain.losses.lowerBound) < 1e-9)
    #expect(abs(shifted.losses.upperBound - offset - plain.losses.upperBound) < 1e-9)
  }

  @Test(
    "a flat curve and few points get a range around them",
    arguments: [
      [], [2.5], [0], [1, 1, 1, 1, 1, 1], [-4, -4], [1e300],
      [Double.leastNonzeroMagnitude, .leastNonzeroMagnitude], [.nan, .infinity], [3, 1],
    ])
  func alwaysHasWidth(_ losses: [Double]) {
    let range = Self.range(losses).losses
    #expect(range.lowerBound < range.upperBound && range.upperBound - range.lowerBound < .infinity)
    #expect(losses.filter(\.isFinite).allSatisfy(range.contains))
  }

  @Test("a rising curve keeps its start and cuts its far end")
  func rising() {
    let losses = (0..<100).map { 1 + exp(Double($0) / 5) }
    let range = Self.range(losses)
    #expect(range.losses.contains(losses[0]) && range.cutAbove > 0)
  }

  @Test("a mark near the descent is let in, one far away is not")
  func marks() {
    var figure = FigureSamples.figure(FigureSamples.descent(100))
    figure.marks = [.init(name: "near", learningRate: 1, point: .init(learningRate: 1, loss: 2.9))]
    #expect(FigureRange(figure).losses.contains(2.9))
    figure.marks = [.init(name: "far", learningRate: 1, point: .init(learningRate: 1, loss: 1e6))]
    #expect(FigureRange(figure).losses.upperBound < 10)
  }
}
