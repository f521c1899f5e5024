import StrategyKit
import Testing

@Suite struct PythonListsTests {
  @Test(
    "slices as Python does",
    arguments: [
      (10, -5, 20, 10..<15), (10, -5, 12, 10..<10), (10, -5, 3, 3..<3), (0, 0, 5, 0..<0), (2, -1, 5, 2..<4),
      (0, -2, 4, 0..<2), (0, -9, 4, 0..<0), (-3, 99, 5, 2..<5), (0, 3, 0, 0..<0),
    ])
  func slices(start: Int, end: Int, count: Int, expected: Range<Int>) {
    #expect(pythonSlice(start, end, of: count) == expected)
  }

  @Test(
    "takes the first least value, and the first NaN before any number",
    arguments: [
      ([3, 1, 2, 1], 1), ([.infinity, .infinity], 0), ([1, .nan, -.infinity, .nan], 1), ([.nan, 0], 0),
      ([], nil),
    ] as [([Double], Int?)])
  func leastValue(values: [Double], expected: Int?) {
    #expect(indexOfFirstMinimum(in: values.indices) { values[$0] } == expected)
  }

  @Test(
    "finds the steepest fall of NumPy's gradient inside a window, one-sided at its ends",
    arguments: [
      ([10, 8, 4, 1, 4, 16], 0..<6, 2), ([1, 0, 1, 2, 3, 4], 0..<6, 0), ([0, 1, 2, 3, 4, 3], 0..<6, 5),
      ([9, 0, 5, 4, 2, 2], 2..<6, 3), ([3, 2.5, 2, 1.5, 1, .nan, .nan], 0..<7, 4), ([1], 0..<1, nil),
    ] as [([Double], Range<Int>, Int?)])
  func steepestFall(values: [Double], window: Range<Int>, expected: Int?) {
    #expect(indexOfSteepestFall(in: window) { values[$0] } == expected)
  }
}
