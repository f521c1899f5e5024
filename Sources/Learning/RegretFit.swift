internal import Glibc

/// Fits log10 of the rate as a weighted sum of inputs, so that the mean regret is smallest.
///
/// Inputs are standardised. It begins with the ridge regression of the places in the middle of each task's good rates, and goes
/// down the mean regret from there (BFGS of the GNU Scientific Library), with a penalty on the squared weights. Every task counts the
/// same, however many range tests it has.
struct RegretFit {
  /// How much the squares of the weights cost, against the mean regret.
  static let penalty = 0.01
  /// The penalty of the ridge regression that it begins with, per sample.
  static let ridge = 0.1

  /// The inputs, one range test after the other.
  private let inputs: [Double]
  /// How many inputs a range test has.
  private let width: Int
  private let tables: [RegretTable]
  private let targets: [Double]
  private let weights: [Double]

  /// - Parameters:
  ///   - rows: The standardised inputs of each range test, 1 for the intercept first.
  ///   - tables: The regret of each range test's task.
  ///   - targets: Where the ridge regression aims, log10 rate.
  ///   - weights: How much each range test counts.
  init(rows: [[Double]], tables: [RegretTable], targets: [Double], weights: [Double]) {
    inputs = rows.flatMap(\.self)
    width = rows.first?.count ?? 0
    self.tables = tables
    self.targets = targets
    let total = weights.reduce(0, +)
    self.weights = weights.map { $0 / total }
  }

  /// The weights of the inputs, that of the intercept first.
  func coefficients() -> [Double] {
    BFGSMinimizer(function: objective).minimum(from: ridgeStart())
  }

  /// The penalised mean regret and its gradient.
  func objective(_ coefficients: [Double]) -> (value: Double, gradient: [Double]) {
    var value = 0.0
    var gradient = [Double](repeating: 0, count: width)
    // Thousands of times, for thousands of range tests: without a check of every index.
    inputs.withUnsafeBufferPointer { inputs in
      coefficients.withUnsafeBufferPointer { coefficients in
        gradient.withUnsafeMutableBufferPointer { gradient in
          for index in 0..<tables.count {
            let start = index * width
            var place = 0.0
            for column in 0..<width { place += inputs[start + column] * coefficients[column] }
            let (regret, slope) = tables[index].value(at: place)
            value += weights[index] * regret
            let share = weights[index] * slope
            for column in 0..<width { gradient[column] += share * inputs[start + column] }
          }
        }
      }
    }
    for column in coefficients.indices.dropFirst() {
      value += Self.penalty * coefficients[column] * coefficients[column]
      gradient[column] += 2 * Self.penalty * coefficients[column]
    }
    return (value, gradient)
  }

  /// Ridge regression by its normal equations.
  private func ridgeStart() -> [Double] {
    var normal = [Double](repeating: 0, count: width * width)
    var right = [Double](repeating: 0, count: width)
    for index in tables.indices {
      let row = inputs[index * width..<(index + 1) * width].map(\.self)
      for i in 0..<width {
        right[i] += weights[index] * row[i] * targets[index]
        for j in 0..<width { normal[i * width + j] += weights[index] * row[i] * row[j] }
      }
    }
    for i in 1..<width { normal[i * width + i] += Self.ridge }
    return SymmetricSystem.solution(of: normal, right)
  }
}
