internal import CGSL
internal import RandomStreams

/// Sums over the tasks of each (drawn) family, and the means and standard errors that follow.
struct FamilySums {
  private let columns: Int
  /// How many tasks each family gives.
  private var sizes: [Int]
  /// By family (slow) and column (fast).
  private var sums: [Double]
  private var totals: [Double]

  /// A mean over tasks and its standard error between families.
  struct Estimate: Sendable {
    var mean, error: Double
  }

  /// Empty sums.
  init(slots: Int, columns: Int) {
    self.columns = columns
    sizes = [Int](repeating: 0, count: slots)
    sums = [Double](repeating: 0, count: slots * columns)
    totals = [Double](repeating: 0, count: columns)
  }

  /// Sums of what was observed.
  init(_ design: NestedBootstrap.Design, columns: Int, _ tasks: [ResampledTask]) {
    self.init(slots: design.families.count, columns: columns)
    for (slot, members) in design.families.enumerated() {
      sizes[slot] = members.count
      for member in members {
        for column in 0..<columns { sums[slot * columns + column] += tasks[member].observed[column] }
      }
    }
    addUp()
  }

  /// Draws families, tasks in them, and in each of these training seeds and range tests.
  mutating func draw(
    _ design: NestedBootstrap.Design, _ tasks: [ResampledTask], _ stream: inout RandomStream
  ) {
    let columns = columns
    for slot in sizes.indices {
      let members = design.families[stream.integer(below: design.families.count)]
      sizes[slot] = members.count
      sums.withUnsafeMutableBufferPointer { all in
        let sums = UnsafeMutableBufferPointer(rebasing: all[(slot * columns)..<((slot + 1) * columns)])
        sums.update(repeating: 0)
        for _ in members {
          let task = tasks[members[stream.integer(below: members.count)]]
          let first = task.multisets.draw(&stream) * task.rangeTests
          let share = 1 / Double(task.rangeTests)
          task.values.withUnsafeBufferPointer { values in
            for _ in 0..<task.rangeTests {
              let row = (first + stream.integer(below: task.rangeTests)) * columns
              for column in 0..<columns { sums[column] += share * values[row + column] }
            }
          }
        }
      }
    }
    addUp()
  }

  private mutating func addUp() {
    for column in totals.indices { totals[column] = 0 }
    for slot in sizes.indices {
      for column in totals.indices { totals[column] += sums[slot * columns + column] }
    }
  }

  /// Calls `body` with the estimate of every column, then of every contrast.
  ///
  /// The mean is a ratio, Σ sums / Σ sizes, because families differ in size; its standard error is the linearised one
  /// between families: √(n/(n−1) · Σ (sum − mean·size)²) / Σ sizes (W. G. Cochran, "Sampling Techniques", 3rd edition,
  /// 1977, section 6.4).
  func forEachEstimate(
    _ contrasts: [(first: Int, second: Int)], _ body: (_ place: Int, _ estimate: Estimate) -> Void
  ) {
    let size = Double(sizes.reduce(0, +))
    let slots = Double(sizes.count)
    let scale = (slots / (slots - 1)).squareRoot() / size
    for column in 0..<columns {
      let mean = totals[column] / size
      var squares = 0.0
      for slot in sizes.indices {
        let residual = sums[slot * columns + column] - mean * Double(sizes[slot])
        squares += residual * residual
      }
      body(column, Estimate(mean: mean, error: scale * squares.squareRoot()))
    }
    for (index, contrast) in contrasts.enumerated() {
      let mean = (totals[contrast.first] - totals[contrast.second]) / size
      var squares = 0.0
      for slot in sizes.indices {
        let difference = sums[slot * columns + contrast.first] - sums[slot * columns + contrast.second]
        let residual = difference - mean * Double(sizes[slot])
        squares += residual * residual
      }
      body(columns + index, Estimate(mean: mean, error: scale * squares.squareRoot()))
    }
  }

  /// All estimates, in the order of ``forEachEstimate(_:_:)``.
  func estimates(_ contrasts: [(first: Int, second: Int)]) -> [Estimate] {
    var estimates: [Estimate] = []
    forEachEstimate(contrasts) { _, estimate in estimates.append(estimate) }
    return estimates
  }
}

extension [Double] {
  /// The element that would have index `rank` if the array were sorted; its order is lost.
  mutating func select(_ rank: Int) -> Double {
    withUnsafeMutableBufferPointer { gsl_stats_select($0.baseAddress, 1, $0.count, rank) }
  }
}
