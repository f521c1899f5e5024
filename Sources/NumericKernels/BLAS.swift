internal import CKernels
internal import COpenBLAS

/// Matrix products, and questions about the library that computes them.
public enum BLAS {
  /// What the BLAS library is and how it runs; recorded with results, since it decides their last bits.
  public struct Configuration: Sendable, Equatable {
    /// The library's own description, with version and build options.
    public let description: String
    /// The name of the processor kernels that it chose, for example `Haswell`.
    public let coreName: String
    /// How many threads one product uses.
    public let threads: Int
  }

  /// Makes every product run on the calling thread alone, for the whole process.
  ///
  /// One thread per product keeps the order of summation fixed and lets independent runs share the cores. The first
  /// call does it, before whatever its caller computes; later ones, from any thread, have nothing to do.
  public static func useSingleThread() {
    _ = singleThread
  }

  private static let singleThread: Void = openblas_set_num_threads(1)

  /// The library's description of itself.
  public static var configuration: Configuration {
    Configuration(
      description: openblas_get_config().map { String(cString: $0) } ?? "",
      coreName: openblas_get_corename().map { String(cString: $0) } ?? "",
      threads: Int(openblas_get_num_threads()))
  }

  /// The file of the shared library that answers for `symbol` in this process; empty where none does.
  ///
  /// GSL brings a slow library with the same symbols: a test asks who answers for `cblas_sgemm`.
  public static func library(answering symbol: String) -> String {
    ck_library_answering(symbol).map { String(cString: $0) } ?? ""
  }
}

/// c = a·b, or c += a·b where `accumulating`; c must not overlap a or b and is not a transpose.
public func multiply(_ a: MatrixView, _ b: MatrixView, into c: MatrixView, accumulating: Bool = false) {
  precondition(
    a.columns == b.rows && c.rows == a.rows && c.columns == b.columns && !c.isTransposed,
    "cannot multiply \(a.rows) × \(a.columns) by \(b.rows) × \(b.columns) into \(c.rows) × \(c.columns)")
  guard a.rows > 0, b.columns > 0 else { return }
  cblas_sgemm(
    CblasRowMajor, a.isTransposed ? CblasTrans : CblasNoTrans, b.isTransposed ? CblasTrans : CblasNoTrans,
    blasCount(a.rows), blasCount(b.columns), blasCount(a.columns),
    1, a.elements.pointer, blasCount(max(a.storedRowLength, 1)), b.elements.pointer,
    blasCount(max(b.storedRowLength, 1)), accumulating ? 1 : 0, c.elements.pointer,
    blasCount(max(c.storedRowLength, 1)))
}

/// A size as BLAS counts: the only place where 64-bit sizes become 32-bit ones.
private func blasCount(_ size: Int) -> Int32 {
  guard let count = Int32(exactly: size) else {
    preconditionFailure("a matrix side of \(size) exceeds what BLAS can count")
  }
  return count
}
