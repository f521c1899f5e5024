import CurveModel
import Testing

@Suite struct NumberTextTests {
  @Test(
    "at most so many significant digits, plain from 0.1 to below 1,000, exponents without leading zeros",
    arguments: [
      (0.0012, 3, "1.2e-3"), (1.2e-5, 2, "1.2e-5"), (0.0123, 3, "1.23e-2"), (0.25, 3, "0.25"), (10, 3, "10"),
      (0.1, 3, "0.1"), (100, 3, "100"), (0.09999, 3, "0.1"), (123.4, 3, "123"), (123.4, 2, "123"),
      (999.6, 3, "1e3"), (1234, 3, "1.23e3"), (1e-7, 3, "1e-7"), (0, 3, "0"), (-0.0, 3, "0"),
      (1e300, 3, "1e300"),
      (1e-300, 2, "1e-300"), (-0.5, 3, "-0.5"), (-1.26e-9, 2, "-1.3e-9"), (.infinity, 3, "infinite"),
      (-.infinity, 3, "-infinite"), (.nan, 3, "not a number"),
    ] as [(Double, Int, String)])
  func significant(_ value: Double, _ digits: Int, _ text: String) {
    #expect(value.text(digits: digits) == text)
  }

  @Test("exactly so many digits after the point")
  func fractions() {
    #expect(NumberText.fixed(2.0 / 3, fractionDigits: 2) == "0.67")
    #expect(NumberText.fixed(1e300, fractionDigits: 1).count == 303)
    #expect(NumberText.scientific(1234.5, fractionDigits: 1) == "1.2e+03")
  }
}
