import Testing

@testable import Measuring

@Suite("Processor times of a program")
struct ProcessorTimesTests {
  @Test func `own times and those of children are told apart`() {
    let stat = "7 (a) b) (c) Z 1 2 3 4 5 6 7 8 9 10 150 50 300 25 20 0 1 0 999"
    let times = ProcessorTimes(stat: stat, ticksPerSecond: 100)
    #expect(times?.own == .seconds(2))
    #expect(times?.children == .milliseconds(3250))
  }

  @Test(arguments: ["", "7 sleep S 1 2", "7 (sleep) S 1 2 3 4 5 6 7 8 9 10 150 50 300"])
  func `a text that is something else is not read`(stat: String) {
    #expect(ProcessorTimes(stat: stat, ticksPerSecond: 100) == nil)
  }

  @Test func `the processors of a run are all its processor time over its time`() {
    let run = ProgramRun(
      elapsed: .seconds(10), ownProcessorTime: .seconds(1), childrenProcessorTime: .seconds(18))
    #expect(run.processors == 1.9)
  }

  @Test func `the work of children that were waited for counts as theirs`() throws {
    let loop = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done"
    let own = try Program("/bin/sh", ["-c", loop]).measuredRun()
    let children = try Program("/bin/sh", ["-c", "(\(loop)); exit 0"]).measuredRun()
    #expect(own.ownProcessorTime > own.childrenProcessorTime)
    #expect(children.ownProcessorTime < children.childrenProcessorTime)
  }

  @Test func `a program that fails has no times`() {
    #expect(throws: ProgramError.failed(path: "/bin/sh", status: 3 << 8)) {
      try Program("/bin/sh", ["-c", "exit 3"]).measuredRun()
    }
  }
}
