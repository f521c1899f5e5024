import NumericKernels
import Testing

@Suite("BLAS", .serialized)
struct BLASTests {
  @Test("cblas_sgemm is OpenBLAS's, not GSL's slow one")
  func library() {
    #expect(BLAS.library(answering: "cblas_sgemm").contains("libopenblas"))
    #expect(BLAS.library(answering: "no_such_symbol_anywhere").isEmpty)
  }

  @Test("the configuration names library, core and threads")
  func configuration() {
    BLAS.useSingleThread()
    let configuration = BLAS.configuration
    #expect(configuration.description.contains("OpenBLAS"))
    #expect(!configuration.coreName.isEmpty)
    #expect(configuration.threads == 1)
  }

  @Test("products equal the naive sum, transposed or not", arguments: [false, true], [false, true])
  func products(transposingA: Bool, transposingB: Bool) {
    for (m, k, n) in [(1, 1, 1), (3, 5, 2), (17, 33, 9), (64, 200, 70)] {
      var numbers = TestNumbers(seed: 1)
      let a = numbers.floats(m * k)
      let b = numbers.floats(k * n)
      let before = numbers.floats(m * n)
      func elementA(_ i: Int, _ l: Int) -> Double { Double(a[transposingA ? l * m + i : i * k + l]) }
      func elementB(_ l: Int, _ j: Int) -> Double { Double(b[transposingB ? j * k + l : l * n + j]) }
      let expected = (0..<m * n).map { index in
        (0..<k).reduce(0.0) { $0 + elementA(index / n, $1) * elementB($1, index % n) }
      }
      let left =
        transposingA
        ? MatrixView(buffer(a), rows: k, columns: m).transposed : MatrixView(buffer(a), rows: m, columns: k)
      let right =
        transposingB
        ? MatrixView(buffer(b), rows: n, columns: k).transposed : MatrixView(buffer(b), rows: k, columns: n)
      let product = garbage(m * n)
      multiply(left, right, into: MatrixView(product, rows: m, columns: n))
      #expect(worstError(product, expected) < singlePrecision)
      let sum = buffer(before)
      multiply(left, right, into: MatrixView(sum, rows: m, columns: n), accumulating: true)
      #expect(worstError(sum, zip(expected, before).map { $0 + Double($1) }) < singlePrecision)
    }
  }

  @Test("matrices that do not fit stop the program")
  func mismatch() async {
    await #expect(processExitsWith: .failure) {
      let a = MatrixView(FloatBuffer(count: 6).view, rows: 2, columns: 3)
      multiply(a, a, into: MatrixView(FloatBuffer(count: 4).view, rows: 2, columns: 2))
    }
  }
}
