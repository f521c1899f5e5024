import CurveSmoothing
import Testing

@Suite struct GradientTests {
  @Test("a parabola's slope is exact inside, also between uneven positions, and one-sided at the ends")
  func parabola() {
    let positions = [0, 1, 3, 3.5, 7]
    let slopes = gradient(of: positions.map { $0 * $0 }, by: positions)
    #expect(zip(slopes, [1, 2, 6, 7, 10.5]).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test("two points have one slope")
  func twoPoints() {
    #expect(gradient(of: [1, 4], by: [1, 3]) == [1.5, 1.5])
    #expect(gradientByIndex(of: [1, 4]) == [3, 3])
  }

  @Test("a NaN spreads to its neighbours only")
  func notANumber() {
    let values = [1, 2, .nan, 4, 5, 6]
    #expect(gradientByIndex(of: values).map(\.isNaN) == [false, true, false, true, false, false])
    #expect(
      gradient(of: values, by: [0, 1, 2, 3, 4, 5]).map(\.isNaN) == [false, true, true, true, false, false])
  }
}
