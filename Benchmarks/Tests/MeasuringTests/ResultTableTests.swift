import Measuring
import Testing

@Suite("The table of results")
struct ResultTableTests {
  @Test("one line a result, columns aligned, numbers to the right")
  func alignment() {
    let quick = Measurement(name: "quick", durations: [.microseconds(1234), .microseconds(1000)])
    let slow = Measurement(name: "slow", durations: [.milliseconds(2500)])
    let instant = Measurement(name: "instant", durations: [.nanoseconds(18_400)])
    let table = markdownTable([
      ("first", [ResultRow(quick, comparison: "half", goals: [.atMost(milliseconds: 25, quick.median)])]),
      (
        "second",
        [
          ResultRow(slow, work: "slower", shareOfPeak: 1.234, goals: [.atMost(times: 1.3, 1.31)]),
          ResultRow(instant, goals: [.atLeast(times: 2, 2)]),
          ResultRow(work: "memory", comparison: "1 GB", goals: [.atLeast(times: 2, 1.99)]),
        ]
      ),
    ])
    #expect(
      table == """
        | benchmark | work    | runs | median ms | fastest ms | ratio | of peak | to reach        |
        | --------- | ------- | ---: | --------: | ---------: | ----- | ------: | --------------- |
        | first     | quick   |    2 |      1.12 |       1.00 | half  |         | ≤ 25 ms: met    |
        | second    | slower  |    1 |   2500.00 |    2500.00 |       |   123 % | ≤ 1.3 ×: MISSED |
        | second    | instant |    1 |     0.018 |      0.018 |       |         | ≥ 2.0 ×: met    |
        | second    | memory  |      |           |            | 1 GB  |         | ≥ 2.0 ×: MISSED |
        """)
  }

  @Test(
    "numbers with fixed places",
    arguments: [
      (1.005, 1, "1.0"), (0.96, 1, "1.0"), (2.5, 0, "3"), (12.034, 2, "12.03"), (-0.001, 2, "0.00"),
      (-1.5, 1, "-1.5"),
    ])
  func decimals(_ number: Double, _ places: Int, _ text: String) {
    #expect(decimal(number, places: places) == text)
  }

  @Test(
    "numbers with a power of ten",
    arguments: [
      (2.345e-6, "2.3e-6"), (1e-5, "1.0e-5"), (1e-4, "1.0e-4"), (9.96e-4, "1.0e-3"), (-0.5, "-5.0e-1"),
      (0, "0"), (12, "1.2e1"), (.infinity, "inf"), (.nan, "nan"),
    ])
  func powers(_ number: Double, _ text: String) {
    #expect(scientific(number) == text)
  }

  @Test("a bound of a small number is not kept by what is none")
  func smallBounds() {
    #expect(Goal.atMost(1e-5, 1e-5).description == "≤ 1.0e-5: met")
    for number in [1.1e-5, .infinity, .nan] {
      #expect(Goal.atMost(1e-5, number).description == "≤ 1.0e-5: MISSED")
    }
  }
}
