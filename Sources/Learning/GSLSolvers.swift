internal import CGSL

/// A symmetric, positive definite system of equations, by the Cholesky decomposition of the GNU Scientific Library.
enum SymmetricSystem {
  /// x of A·x = b.
  ///
  /// - Parameters:
  ///   - matrix: A, n rows of n.
  ///   - right: b.
  static func solution(of matrix: [Double], _ right: [Double]) -> [Double] {
    var matrix = matrix
    var right = right
    let n = right.count
    matrix.withUnsafeMutableBufferPointer { matrix in
      right.withUnsafeMutableBufferPointer { right in
        var a = gsl_matrix_view_array(matrix.baseAddress, n, n)
        var b = gsl_vector_view_array(right.baseAddress, n)
        gsl_linalg_cholesky_decomp1(&a.matrix)
        gsl_linalg_cholesky_svx(&a.matrix, &b.vector)
      }
    }
    return right
  }
}

/// The minimum of a smooth function by BFGS (`gsl_multimin_fdfminimizer_vector_bfgs2`).
struct BFGSMinimizer {
  /// The function and its gradient.
  let function: ([Double]) -> (value: Double, gradient: [Double])

  private static let mostIterations = 400
  private static let firstStep = 0.05
  private static let lineTolerance = 0.1
  private static let gradientTolerance = 1e-6

  /// What C calls back.
  private final class Callback {
    let function: ([Double]) -> (value: Double, gradient: [Double])
    init(_ function: @escaping ([Double]) -> (value: Double, gradient: [Double])) { self.function = function }

    func evaluate(_ x: UnsafePointer<gsl_vector>?) -> (value: Double, gradient: [Double]) {
      guard let x else { return (.nan, []) }
      return function((0..<x.pointee.size).map { gsl_vector_get(x, $0) })
    }
  }

  /// Goes down from `start` until the gradient vanishes or nothing improves.
  func minimum(from start: [Double]) -> [Double] {
    let callback = Callback(function)
    return withExtendedLifetime(callback) {
      var target = gsl_multimin_function_fdf(
        f: { x, context in BFGSMinimizer.callback(context).evaluate(x).value },
        df: { x, context, gradient in
          BFGSMinimizer.store(BFGSMinimizer.callback(context).evaluate(x).gradient, in: gradient)
        },
        fdf: { x, context, value, gradient in
          let result = BFGSMinimizer.callback(context).evaluate(x)
          value?.pointee = result.value
          BFGSMinimizer.store(result.gradient, in: gradient)
        },
        n: start.count, params: Unmanaged.passUnretained(callback).toOpaque())
      guard let x = gsl_vector_alloc(start.count),
        let minimizer = gsl_multimin_fdfminimizer_alloc(bfgs_minimizer_type(), start.count)
      else { return start }
      defer {
        gsl_multimin_fdfminimizer_free(minimizer)
        gsl_vector_free(x)
      }
      for (index, value) in start.enumerated() { gsl_vector_set(x, index, value) }
      gsl_multimin_fdfminimizer_set(minimizer, &target, x, Self.firstStep, Self.lineTolerance)
      for _ in 0..<Self.mostIterations {
        // No further progress is an end as good as any: the function has kinks.
        guard gsl_multimin_fdfminimizer_iterate(minimizer) == 0 else { break }
        if gsl_multimin_test_gradient(minimizer.pointee.gradient, Self.gradientTolerance) == 0 { break }
      }
      return start.indices.map { gsl_vector_get(minimizer.pointee.x, $0) }
    }
  }

  private static func callback(_ context: UnsafeMutableRawPointer?) -> Callback {
    guard let context else { preconditionFailure("GSL hands back what it was given") }
    return Unmanaged<Callback>.fromOpaque(context).takeUnretainedValue()
  }

  private static func store(_ values: [Double], in vector: UnsafeMutablePointer<gsl_vector>?) {
    guard let vector else { return }
    for (index, value) in values.enumerated() { gsl_vector_set(vector, index, value) }
  }
}
