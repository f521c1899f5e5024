/// All ways to take half of some seeds, as many as can be afforded.
enum SeedHalves {
  /// More seeds than this are halved only by rotation: 252 halves of ten seeds, 184,756 of twenty.
  private static let mostSeeds = 10

  /// Calls `body` with the indices of each half, rounded down; with an odd count the smaller part chooses and the
  /// larger part, and then the other way round.
  static func forEach(_ count: Int, _ body: ([Int]) -> Void) {
    let sizes = count.isMultiple(of: 2) ? [count / 2] : [count / 2, count - count / 2]
    for size in sizes where size < count {
      if count <= mostSeeds {
        combine(count, size, from: 0, [], body)
      } else {
        for start in 0..<count { body((0..<size).map { (start + $0) % count }) }
      }
    }
  }

  private static func combine(
    _ count: Int, _ size: Int, from start: Int, _ taken: [Int], _ body: ([Int]) -> Void
  ) {
    guard taken.count < size else { return body(taken) }
    for next in start..<count where count - next >= size - taken.count {
      combine(count, size, from: next + 1, taken + [next], body)
    }
  }
}
