import Foundation
import Testing

/// `suggest store`, on a store that a comparison made.
@Suite struct StoreCommandTests {
  private let runner: CommandRunner
  private let program: Program

  init() throws {
    program = try Program.built()
    runner = try CommandRunner()
    try runner.file(
      "tiny.yaml",
      """
      suggest: 1
      name: tiny
      matrix: {dataset: digits, model: mlp-8, optimizer: sgd, steps: 20}
      range-tests: {iterations: 60}
      grid: {per-decade: 1, from: 1e-3, to: 1, extend: false, refine: false}
      seeds: {grid: 1, range-tests: 1}
      evaluation: {count: 2, samples: 100}
      strategies: [min10]
      """)
    #expect(try shell("suggest compare tiny.yaml").status == 0)
  }

  private func shell(_ line: String) throws -> Program.Outcome {
    try program.shell(
      line, in: runner.folder, environment: ["SUGGEST_DATA": Repository.folder("datasets").path])
  }

  /// The number behind a word in the table of `store check`.
  private func count(_ word: String, in outcome: Program.Outcome) -> Int? {
    let line = outcome.output.split(separator: "\n").first { $0.hasPrefix(word + " ") }
    return line?.split(separator: " ").last.flatMap { Int($0) }
  }

  @Test func `A packed store is the same store in one file`() throws {
    defer { runner.remove() }
    let records = try shell("suggest store records --canonical").output
    let runs = records.split(separator: "\n").count
    let packed = try shell("suggest store pack --output packed")
    #expect(packed.status == 0 && packed.output.contains("packed \(runs) records"), "\(packed.messages)")
    #expect(try shell("suggest store records --canonical --store packed").output == records)
    let files = try FileManager.default.contentsOfDirectory(atPath: runner.path("packed/records"))
    #expect(files == ["runs.jsonl.gz"])
    let check = try shell("suggest store check --store packed")
    #expect(check.status == 0 && count("runs", in: check) == runs && count("comparisons", in: check) == 1)
    #expect(try shell("suggest compare tiny.yaml --store packed").output.hasPrefix("nothing to train"))
    let twice = try shell("suggest store pack --output packed")
    #expect(twice.status == 73 && twice.messages.contains("packed"), "\(twice.status) \(twice.messages)")
  }

  @Test func `Records are told apart by their kind`() throws {
    defer { runner.remove() }
    let all = try shell("suggest store records").output.split(separator: "\n")
    let curves = try shell("suggest store records --kind curve").output.split(separator: "\n")
    let outcomes = try shell("suggest store records --kind outcome").output.split(separator: "\n")
    #expect(curves.count == 1 && Set(curves).union(outcomes) == Set(all))
    #expect(all.allSatisfy { $0.contains(#""measured":{"#) })
  }

  @Test func `A damaged line is found, and its run is done again`() throws {
    defer { runner.remove() }
    let sound = try shell("suggest store records --canonical").output
    // Which worker wrote which run is chance: the first line that holds an outcome is damaged, wherever it is.
    let damage = try shell(
      """
      file=$(grep -l '"finished"' runs/records/*.jsonl | head -n 1)
      line=$(grep -n '"finished"' $file | head -n 1 | cut -d : -f 1)
      sed -i "${line}s/finished/finishes/" $file && echo "line $line"
      """)
    let place = damage.output.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(damage.status == 0 && place.hasPrefix("line "), "\(damage.messages)")
    let check = try shell("suggest store check")
    #expect(check.status == 65 && count("problems", in: check) ?? 0 > 0, "\(check.output)")
    #expect(check.messages.contains(place), "\(check.messages)")
    let rebuilt = try shell("suggest store rebuild")
    #expect(rebuilt.status == 65 && rebuilt.output.contains("indexed"), "\(rebuilt.messages)")
    #expect(try shell("suggest compare tiny.yaml").output.contains("1 run done"))
    #expect(try shell("suggest store records --canonical").output == sound)
  }

  @Test func `A lost index is built again`() throws {
    defer { runner.remove() }
    let sound = try shell("suggest store records --canonical").output
    let outcome = try shell("rm runs/index.sqlite; suggest store rebuild && suggest store check")
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(FileManager.default.fileExists(atPath: runner.path("runs/index.sqlite")))
    #expect(try shell("suggest store records --canonical").output == sound)
  }

  @Test func `A comparison whose text was changed is a problem`() throws {
    defer { runner.remove() }
    #expect(try shell("echo '# mine' >> $(ls runs/comparisons/*.yaml)").status == 0)
    let check = try shell("suggest store check")
    #expect(check.status == 65 && check.messages.contains("comparisons/tiny-"), "\(check.messages)")
  }

  @Test(arguments: ["check", "rebuild", "records", "pack --output p"])
  func `Where there is no store, one line says so`(_ command: String) throws {
    defer { runner.remove() }
    let outcome = try shell("suggest store \(command) --store nowhere")
    #expect(
      outcome.status == 66 && outcome.messages.contains("nowhere"), "\(outcome.status) \(outcome.messages)")
    #expect(outcome.messages.split(separator: "\n").count == 1)
    #expect(!FileManager.default.fileExists(atPath: runner.path("nowhere")))
  }
}
