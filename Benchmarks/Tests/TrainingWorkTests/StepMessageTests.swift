import Measuring
import Testing
import TrainingWork

@Suite("A training worker's lines")
struct StepMessageTests {
  @Test("every request and answer reads back as itself")
  func roundTrip() throws {
    let requests: [StepRequest] = [
      .prepare(work: .resNet18, layout: "channels_last", threads: 2, implementation: nil),
      .prepare(work: .smallMLP, layout: "contiguous", threads: 1, implementation: "fused"),
      .steps(runs: [0, 1], count: 5), .matrixProduct(side: 64), .release, .peakMemory,
    ]
    for request in requests { #expect(try StepRequest(line: request.line()) == request) }
    let answers: [StepAnswer] = [
      .ready(version: "x"), .prepared(run: 3, implementation: "foreach"),
      .stepped(seconds: 0.25, processorSeconds: 0.5, firstLoss: 2.5, lastLoss: nil), .multiplied(seconds: 1),
      .released,
      .peakMemory(bytes: 1 << 40), .failed(reason: "no \"memory\"\nleft"),
    ]
    for answer in answers {
      let line = try answer.line()
      #expect(!line.contains("\n"))
      #expect(try StepAnswer(line: line) == answer)
    }
  }

  @Test("lines as Python writes them")
  func pythonLines() throws {
    #expect(
      try StepAnswer(
        line: #"{"stepped": {"seconds": 0.5, "processorSeconds": 1.0, "firstLoss": 2.25, "lastLoss": null}}"#)
        == .stepped(seconds: 0.5, processorSeconds: 1, firstLoss: 2.25, lastLoss: nil))
    #expect(try StepAnswer(line: #"{"released": {}}"#) == .released)
  }

  @Test(
    "what is no message is named in the error",
    arguments: [
      "", "Traceback (most recent call last):", "{}", #"{"stepped": {"seconds": NaN}}"#, #"{"other": {}}"#,
    ])
  func noMessage(_ line: String) {
    #expect(throws: TrainingWorkerError.notUnderstood(line: line)) { try StepAnswer(line: line) }
  }
}

@Suite("A training worker")
struct TrainingWorkerTests {
  private let shell = "/bin/sh"

  /// A program that greets and then answers each request with the next of these lines.
  private func scripted(_ answers: String...) throws -> TrainingWorker {
    let script = answers.map { "read request; echo '\($0)'\n" }.joined()
    return try TrainingWorker(shell, ["-c", #"echo '{"ready":{"version":"script 1"}}'"# + "\n" + script])
  }

  @Test("answers become values, failures errors")
  func answers() throws {
    let worker = try scripted(
      #"{"prepared":{"run":0,"implementation":"fused"}}"#,
      #"{"stepped":{"seconds":0.5,"processorSeconds":1,"firstLoss":2,"lastLoss":1}}"#,
      #"{"failed":{"reason":"too large"}}"#,
      #"{"released":{}}"#)
    #expect(worker.version == "script 1")
    let run = try worker.prepare(.smallMLP, threads: 1)
    #expect(run.implementation == "fused")
    #expect(
      try worker.steps(2, of: [run]) == Turn(seconds: 0.5, processorSeconds: 1, firstLoss: 2, lastLoss: 1))
    #expect(throws: TrainingWorkerError.failed(reason: "too large")) { try worker.peakMemory() }
    // An answer to another question.
    #expect(throws: TrainingWorkerError.self) { try worker.matrixProduct(side: 8) }
    // The script is at its end.
    #expect(throws: ProgramError.silent(path: shell)) { try worker.release() }
  }

  @Test("a program that does not greet is none")
  func greeting() {
    #expect(throws: ProgramError.silent(path: shell)) { try TrainingWorker(shell, ["-c", "exit 1"]) }
    #expect(throws: TrainingWorkerError.notUnderstood(line: "hello")) {
      try TrainingWorker(shell, ["-c", "echo hello; read end"])
    }
    #expect(throws: TrainingWorkerError.unexpected(answer: "no greeting")) {
      try TrainingWorker(shell, ["-c", #"echo '{"released":{}}'; read end"#])
    }
  }
}
