import CurveSmoothing
import TestSupport
import Testing

@Suite struct NoiseEstimateTests {
  private static let rates = (0..<2000).map { -7 + 8 * Double($0) / 2000 }

  private func noise(_ deviation: Double, seed: UInt64) -> [Double] {
    var random = SeededNumbers(seed: seed)
    return Self.rates.map { _ in deviation * random.normal() }
  }

  @Test(
    "is the standard deviation of 2,000 normal losses within 10 %", arguments: 1...5 as ClosedRange<UInt64>)
  func normal(seed: UInt64) {
    for deviation in [1e-9, 0.3, 1e9] {
      let level = noiseLevel(of: noise(deviation, seed: seed), log10Rates: Self.rates)
      #expect(abs(level / deviation - 1) < 0.1, "\(level) for \(deviation)")
    }
  }

  @Test("a trend changes nothing, spikes and a blow-up next to nothing")
  func robustness() {
    let pure = noise(0.1, seed: 1)
    let level = noiseLevel(of: pure, log10Rates: Self.rates)
    let line = zip(pure, Self.rates).map { $0 + 1000 - 50 * $1 }
    #expect(abs(noiseLevel(of: line, log10Rates: Self.rates) / level - 1) < 1e-9)
    let curved = zip(pure, Self.rates).map { $0 + 5 * ($1 + 3) * ($1 + 3) }
    #expect(abs(noiseLevel(of: curved, log10Rates: Self.rates) / level - 1) < 0.01)
    var spiky = pure
    for index in stride(from: 10, to: 2000, by: 100) { spiky[index] += 100 }
    for index in 1950..<2000 { spiky[index] += Double(index - 1949) * 1e6 * Double(index % 2) }
    #expect(abs(noiseLevel(of: spiky, log10Rates: Self.rates) / 0.1 - 1) < 0.2)
  }

  @Test("is right between unevenly spaced rates")
  func uneven() {
    var random = SeededNumbers(seed: 3)
    var position = 0.0
    let rates = (0..<2000).map { _ in
      position += 0.001 + 0.01 * random.uniform()
      return position
    }
    let line = zip(noise(0.1, seed: 4), rates).map { $0 - 30 * $1 }
    #expect(abs(noiseLevel(of: line, log10Rates: rates) / 0.1 - 1) < 0.1)
  }

  @Test("is zero without noise, and scales with the losses to the last bit")
  func scaling() {
    #expect(noiseLevel(of: [1, 1, 1, 1], log10Rates: [0, 1, 2, 3]) == 0)
    let pure = noise(0.1, seed: 2)
    let level = noiseLevel(of: pure, log10Rates: Self.rates)
    #expect(noiseLevel(of: pure.map { $0 * 0x1p-20 }, log10Rates: Self.rates) == level * 0x1p-20)
  }

  @Test(
    "the median is the middle value or the mean of the two",
    arguments: [
      ([5], 5), ([3, 1, 2], 2), ([4, 1, 3, 2], 2.5), ([1e308, 1.5e308], 1.25e308), ([.infinity, 1, 2], 2),
    ] as [([Double], Double)])
  func medians(values: [Double], expected: Double) { #expect(median(values) == expected) }
}
