import CurveModel
import ExperimentStore
import Foundation
import Scoring
import Testing

@testable import Evidence

struct OutcomesImportTests {
  private func file(_ lines: [String]) throws -> OutcomesFile {
    try OutcomesFile(parsing: Array(lines.joined(separator: "\n").utf8), name: "mine.jsonl")
  }

  private func counts(_ result: OutcomesImport) -> [Int] {
    [result.outcomes, result.curves, result.known, result.repeated]
  }

  private func problem(_ lines: [String]) -> String {
    do {
      _ = try file(lines)
      return ""
    } catch { return "\(error)" }
  }

  @Test func `Importing a file again changes nothing`() throws {
    let folder = try TemporaryFolder()
    let store = try RunStore.open(folder.path + "/store")
    let lines = try file(SampleLines.whole + [SampleLines.outcome(rate: 0.0001, loss: 1.5)])
    let first = try OutcomesImport(lines, into: store)
    #expect(counts(first) == [8, 2, 0, 1])
    let again = try OutcomesImport(lines, into: try RunStore.open(folder.path + "/store"))
    #expect(counts(again) == [0, 0, 10, 1])
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/store/records")
    #expect(files.count == 1)
  }

  @Test func `What is exported and imported again exports the same lines`() throws {
    let folder = try TemporaryFolder()
    func export(_ store: RunStore) throws -> [String] {
      var lines: [String] = []
      try store.forEachRecord { lines.append(OutcomeLine.text(of: $0)) }
      return lines.sorted()
    }
    let first = try RunStore.open(folder.path + "/first")
    let extra = SampleLines.outcome(
      rate: 0.5, more: #","suggested":true,"note":"x","evaluationSteps":[1,2],"evaluationLosses":[2,1]"#)
    _ = try OutcomesImport(try file(SampleLines.whole + [extra]), into: first)
    let lines = try export(first)
    let second = try RunStore.open(folder.path + "/second")
    _ = try OutcomesImport(try file(lines.reversed()), into: second)
    #expect(try export(second) == lines)
    #expect(lines.contains { $0.contains(#""note":"x""#) })
  }

  @Test func `Labels in another order are the same task, an equal rate the same run`() throws {
    let line = SampleLines.outcome()
    let turned = line.replacing(
      SampleLines.task,
      with:
        #"{"steps":300,"optimizer":"adam","model":"mlp","batchSize":32,"schedule":"one-cycle","dataset":"letter"}"#
    )
    let ids = try file([
      line, turned, SampleLines.outcome(rate: 0.00100001), SampleLines.outcome(rate: 0.0011),
    ])
    .lines.map(\.content.record.id)
    #expect(ids[0] == ids[1])
    #expect(ids[0] == ids[2])
    #expect(ids[0] != ids[3])
    let folder = try TemporaryFolder()
    let store = try RunStore.open(folder.path + "/store")
    let result = try OutcomesImport(
      try file([line, turned, SampleLines.outcome(rate: 0.00100001)]), into: store)
    #expect(counts(result) == [1, 0, 0, 2])
  }

  @Test(arguments: [
    (#""loss":0.41"#, #""loss":"nan""#, "\"loss\""), (#""seed":0"#, #""seed":0.5"#, "\"seed\""),
    (#""seed":0"#, #""seed":-1"#, "\"seed\""), ("0.001", "-0.001", "\"learningRate\""),
    ("0.001", "\"nan\"", "\"learningRate\""), ("finished", "done", "\"status\""),
    ("outcome", "result", "\"kind\""), (#""model":"mlp","#, "", "\"model\""),
    (#""model":"mlp""#, #""model":[1]"#, "\"model\""), ("300", "0", "\"steps\""),
    (#""untrainedLoss":3.3"#, #""untrainedLoss":"x""#, "\"untrainedLoss\""),
    (#""untrainedLoss":3.3"#, #""error":1.5"#, "\"error\""),
    (#""untrainedLoss":3.3"#, #""suggested":1"#, "\"suggested\""),
    (#""untrainedLoss":3.3"#, #""seed":1"#, "twice"), ("3.3}", "3.3", "no JSON"),
  ])
  func `A line that is wrong is named with what is wrong`(_ what: String, _ with: String, _ named: String) {
    let broken = SampleLines.outcome().replacing(what, with: with)
    #expect(broken != SampleLines.outcome())
    let text = problem([SampleLines.outcome(seed: 7), "", broken])
    #expect(text.hasPrefix("mine.jsonl, line 3: "))
    #expect(text.contains(named), "\(text)")
    #expect(!text.contains("\n"))
  }

  @Test func `A run with two results is refused and nothing is written`() throws {
    let folder = try TemporaryFolder()
    let store = try RunStore.open(folder.path + "/store")
    let twice = try file([
      SampleLines.outcome(seed: 1), SampleLines.outcome(), SampleLines.outcome(loss: 0.5),
    ])
    #expect(throws: EvidenceError.self) { try OutcomesImport(twice, into: store) }
    #expect(store.summaries.isEmpty)
    _ = try OutcomesImport(try file([SampleLines.outcome()]), into: store)
    let other = try file([SampleLines.outcome(seed: 2), SampleLines.outcome(loss: 0.5)])
    #expect(throws: EvidenceError.self) { try OutcomesImport(other, into: store) }
    #expect(store.summaries.count == 1)
  }

  @Test func `CSV says the same as JSON Lines`() throws {
    let table = [
      "dataset,model,optimizer,batchSize,schedule,steps,learningRate,seed,status,loss,untrainedLoss\r",
      "letter,mlp,\"adam\",32,one-cycle,300,0.001,0,finished,0.41,3.3\r",
      "letter,mlp,adam,32,one-cycle,300,1,0,diverged,,3.3\r",
    ]
    let lines = try file(table).lines.map(\.content.record)
    let same = try file([SampleLines.outcome()]).lines[0].content.record
    #expect(lines[0].id == same.id)
    #expect(lines[0]["loss"]?.double == 0.41)
    #expect(lines[1]["loss"] == nil)
    #expect(lines[1]["status"]?.string == "diverged")
    #expect(problem([table[0], "letter,mlp"]).hasPrefix("mine.jsonl, line 2: the row has 2 cells"))
    #expect(problem(["a,b", "1,2"]).contains("the columns dataset, model, optimizer"))
    #expect(problem([""]).contains("empty"))
  }
}
