import Measuring
import Testing

@Suite("A program that answers lines")
struct LineWorkerTests {
  @Test("lines go there and back, however they are cut")
  func echo() throws {
    let worker = try LineWorker("/bin/cat")
    let long = String(repeating: "x", count: 100_000)
    try worker.send("one\ntwo")
    try worker.send("")
    #expect(try worker.receive() == "one")
    #expect(try worker.receive() == "two")
    #expect(try worker.receive() == "")
    try worker.send(long)
    #expect(try worker.receive() == long)
  }

  @Test("a program that has ended is an error, not the end of this one")
  func ended() throws {
    let worker = try LineWorker("/bin/sh", ["-c", "echo last; exit 3"])
    #expect(try worker.receive() == "last")
    #expect(throws: ProgramError.silent(path: "/bin/sh")) { try worker.receive() }
    #expect(throws: ProgramError.silent(path: "/bin/sh")) {
      for _ in 0..<3 { try worker.send("still there?") }
    }
  }

  @Test("a program that does not exist cannot be started")
  func missing() {
    #expect(throws: ProgramError.cannotStart(path: "no-such-program", reason: "No such file or directory")) {
      try LineWorker("no-such-program")
    }
  }
}
