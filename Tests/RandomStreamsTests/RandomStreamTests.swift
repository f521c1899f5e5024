import Foundation
import RandomStreams
import Testing

@Suite("RandomStream")
struct RandomStreamTests {
  @Test("the first words are Philox's blocks of the position under the seed")
  func wordsArePhiloxBlocks() {
    var stream = RandomStream(seed: 0x1234_5678_9abc_def0, purpose: .split)
    let hash = StreamPurpose.split.hash
    for block in 0..<3 {
      let expected = Philox4x32.block(
        counter: SIMD4(UInt32(block), 0, UInt32(truncatingIfNeeded: hash), UInt32(hash >> 32)),
        key: SIMD2(0x9abc_def0, 0x1234_5678))
      for lane in 0..<4 { #expect(stream.nextUInt32() == expected[lane]) }
    }
    #expect(stream.position == 12)
  }

  @Test("a purpose's hash is the published FNV-1a of its name")
  func purposeHash() {
    // The test vectors of the FNV authors for "" and "foobar".
    #expect(StreamPurpose(rawValue: "").hash == 0xcbf2_9ce4_8422_2325)
    #expect(StreamPurpose(rawValue: "foobar").hash == 0x8594_4171_f739_67e8)
  }

  @Test("a copy goes on with the same numbers, and so does a stream made at its position")
  func copyKeepsPosition() {
    var stream = RandomStream(seed: 7, purpose: .dropout)
    for _ in 0..<5 { _ = stream.nextUInt32() }
    var copy = stream
    var sought = RandomStream(seed: 7, purpose: .dropout, position: 5)
    #expect(copy == stream && sought == stream)
    let numbers = (0..<9).map { _ in stream.nextUInt64() }
    #expect(numbers == (0..<9).map { _ in copy.nextUInt64() })
    #expect(numbers == (0..<9).map { _ in sought.nextUInt64() })
  }

  @Test("other seeds and other purposes give other numbers")
  func streamsDiffer() {
    var streams = [
      RandomStream(seed: 1, purpose: .split), RandomStream(seed: 2, purpose: .split),
      RandomStream(seed: 1, purpose: .dropout), RandomStream(seed: 1 << 32, purpose: .split),
    ]
    let first = streams.indices.map { streams[$0].nextUInt64() }
    #expect(Set(first).count == streams.count)
  }

  @Test("uniform numbers lie in [0, 1) and have the uniform distribution's moments")
  func uniformMoments() {
    var stream = RandomStream(seed: 3, purpose: .strategy)
    let count = 100_000
    for draw in [{ Double(stream.uniformFloat()) }, { stream.uniformDouble() }] {
      let values = (0..<count).map { _ in draw() }
      #expect(values.allSatisfy { (0..<1).contains($0) })
      // Five standard errors: 1/√(12·n) for the mean, 1/√(180·n) for the variance.
      let mean = values.reduce(0, +) / Double(count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
      #expect(abs(mean - 0.5) < 5 / (12 * Double(count)).squareRoot())
      #expect(abs(variance - 1 / 12.0) < 5 / (180 * Double(count)).squareRoot())
    }
  }

  @Test("normal numbers have the normal distribution's moments and quantiles")
  func normalMoments() {
    var stream = RandomStream(seed: 4, purpose: .initialWeights)
    let count = 100_000
    let values = (0..<count).map { _ in stream.normal() }
    let root = Double(count).squareRoot()
    let mean = values.reduce(0, +) / Double(count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
    let fourth = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) * ($1 - mean) * ($1 - mean) }
    // Five standard errors: 1, √2 and √96 over √n; P(|z| < 1) = erf(1/√2).
    #expect(abs(mean) < 5 / root)
    #expect(abs(variance - 1) < 5 * 2.0.squareRoot() / root)
    #expect(abs(fourth / Double(count) - 3) < 5 * 96.0.squareRoot() / root)
    let inside = Double(values.filter { abs($0) < 1 }.count) / Double(count)
    #expect(abs(inside - erf(0.5.squareRoot())) < 5 * 0.5 / root)
  }

  @Test(
    "the own logarithm equals the C library's to the last bits",
    arguments: [1e-300, 1e-9, 0.3, 0.999_999, 1, 7e5])
  func logarithm(_ x: Double) {
    #expect(abs(naturalLogarithm(x) - log(x)) <= 4 * max(abs(log(x)).ulp, Double.ulpOfOne * abs(x - 1)))
  }

  @Test("bounded integers are uniform", arguments: [1, 2, 3, 10, 1000])
  func boundedIntegers(_ bound: Int) {
    var stream = RandomStream(seed: 5, purpose: .split)
    let draws = 100 * bound
    var counts = [Int](repeating: 0, count: bound)
    for _ in 0..<draws { counts[stream.integer(below: bound)] += 1 }
    // χ² of bound − 1 degrees of freedom stays below its mean plus six deviations.
    let chiSquare = counts.reduce(0.0) { $0 + pow(Double($1 - 100), 2) / 100 }
    #expect(chiSquare <= Double(bound - 1) + 6 * (2 * Double(bound - 1)).squareRoot())
  }

  @Test("integers with a bound that is no power of two near the top are not biased")
  func integersBelowHugeBound() {
    var stream = RandomStream(seed: 6, purpose: .split)
    let bound = Int.max / 4 * 3
    let low = (0..<3000).filter { _ in stream.integer(below: bound) < bound / 3 }.count
    // A third is expected; six standard deviations are 6·√(3000·2/9).
    #expect(abs(low - 1000) < 155)
  }

  @Test("permutations hold every index once, differ from draw to draw and have no favourite place")
  func permutations() {
    var stream = RandomStream(seed: 8, purpose: .dataOrder)
    let first = stream.permutation(of: 100)
    #expect(first.sorted() == Array(0..<100))
    #expect(first != stream.permutation(of: 100))
    #expect(stream.permutation(of: 0).isEmpty)
    var places = [Int](repeating: 0, count: 6)
    for _ in 0..<6000 { places[stream.permutation(of: 6).firstIndex(of: 0) ?? 0] += 1 }
    // 1000 a place; six standard deviations are 6·√(6000·5/36).
    #expect(places.allSatisfy { abs($0 - 1000) < 174 })
  }
}
