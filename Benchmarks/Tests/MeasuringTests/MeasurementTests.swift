import Measuring
import Testing

@Suite("Measuring")
struct MeasurementTests {
  @Test("contenders take turns, and warm-ups are not measured")
  func turns() throws {
    var order = ""
    func contender(_ name: String) -> Contender {
      Contender(name) {
        order += name
        return .milliseconds(order.count)
      }
    }
    let measured = try interleaved([contender("A"), contender("B")], rounds: 3, warmUps: 1)
    #expect(order == "ABABABAB")
    #expect(measured.map(\.name) == ["A", "B"])
    #expect(measured[0].durations == [.milliseconds(3), .milliseconds(5), .milliseconds(7)])
    #expect(measured[1].durations == [.milliseconds(4), .milliseconds(6), .milliseconds(8)])
  }

  @Test("the median is the middle, or half-way between the two middles; ratios are of medians")
  func medians() {
    let odd = Measurement(name: "odd", durations: [9, 1, 2].map { .seconds($0) })
    let even = Measurement(name: "even", durations: [40, 2, 6, 1].map { .seconds($0) })
    #expect(odd.median == .seconds(2))
    #expect(even.median == .seconds(4))
    #expect(even.fastest == .seconds(1))
    #expect(even.ratio(to: odd) == 2)
  }

  @Test("a total adds up each round")
  func totals() {
    let first = Measurement(name: "first", durations: [.seconds(1), .seconds(2)])
    let second = Measurement(name: "second", durations: [.seconds(10), .seconds(20)])
    #expect(Measurement.total(of: [first, second], name: "both").durations == [.seconds(11), .seconds(22)])
  }

  @Test("a program that fails, is ended by a signal or does not exist gives no time")
  func failingPrograms() throws {
    let shell = "/bin/sh"
    #expect(try Program(shell, ["-c", "exit 0"]).run() > .zero)
    #expect(throws: ProgramError.failed(path: shell, status: 3 << 8)) {
      try Program(shell, ["-c", "exit 3"]).run()
    }
    #expect(throws: ProgramError.failed(path: shell, status: 9)) {
      try Program(shell, ["-c", "kill -KILL $$"]).run()
    }
    #expect(throws: ProgramError.cannotStart(path: "no-such-program", reason: "No such file or directory")) {
      try Program("no-such-program").run()
    }
  }

  @Test("a program sees nothing of the caller's environment")
  func emptyEnvironment() throws {
    #expect(try Program("/bin/sh", ["-c", "test -z \"$HOME\""]).run() > .zero)
  }
}
