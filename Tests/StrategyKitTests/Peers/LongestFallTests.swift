import StrategyKit
import Testing

@Suite struct LongestFallTests {
  @Test("picks upstream's index in 20,000 random lists with ties, NaN and infinities")
  func agreesWithTheQuadraticSearch() {
    var state: UInt64 = 20_260_101
    func draw(below bound: UInt64) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % bound)
    }
    var differing: [[Double]] = []
    for _ in 0..<20_000 {
      let levels = UInt64(2 + draw(below: 12))
      let losses = (0..<1 + draw(below: 40)).map { _ in
        switch draw(below: 12) {
        case 0: Double.nan
        case 1: draw(below: 2) == 0 ? Double.infinity : -.infinity
        default: Double(draw(below: levels))
        }
      }
      if fastaiValleyIndex(of: losses) != indexByQuadraticSearch(losses) { differing.append(losses) }
    }
    #expect(differing.isEmpty, "\(differing.prefix(3))")
  }

  @Test(
    "half way through a straight fall of n losses; a fall of two wraps to the last",
    arguments: [(1, 0), (2, 1), (3, 0), (4, 0), (5, 0), (6, 2), (7, 2), (12, 5), (30, 14), (85, 41)])
  func straightFall(count: Int, index: Int) {
    #expect(fastaiValleyIndex(of: (0..<count).map { -Double($0) }) == index)
  }

  @Test(
    "the first index without a fall",
    arguments: [[1, 1, 1, 1], [1, 2, 3], [.nan, .nan], [.infinity, .infinity]])
  func noFall(_ losses: [Double]) { #expect(fastaiValleyIndex(of: losses) == 0) }

  @Test("a fall of two at the start is the last element")
  func wraps() { #expect(fastaiValleyIndex(of: [3, 2, 5, 6, 7]) == 4) }

  @Test("finds the length and the first end of the longest fall")
  func firstOfEqualLength() {
    #expect(LongestFall(of: [5, 9, 4, 8, 3, 7]).length == 3)
    #expect(LongestFall(of: [5, 9, 4, 8, 3, 7]).end == 4)
  }
}

/// The search as fastai writes it, over all pairs; a negative index counts from the end.
private func indexByQuadraticSearch(_ losses: [Double]) -> Int {
  var (start, end) = (0, 0)
  var lengths = Array(repeating: 1, count: losses.count)
  for i in losses.indices.dropFirst() {
    for j in 0..<i {
      if losses[i] < losses[j], lengths[i] < lengths[j] + 1 { lengths[i] = lengths[j] + 1 }
      if lengths[end] < lengths[i] {
        end = i
        start = end - lengths[end]
      }
    }
  }
  let sections = Double(end - start) / 3
  let index = start + Int(sections) + Int(sections / 2)
  return index < 0 ? index + losses.count : index
}
