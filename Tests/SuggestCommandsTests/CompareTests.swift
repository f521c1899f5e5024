import Foundation
import Testing

/// `suggest compare`, which starts worker processes of the real program.
@Suite struct CompareTests {
  private static func comparison(steps: Int = 20, seeds: Int = 1, strategies: String = "[min10]") -> String {
    """
    suggest: 1
    name: tiny
    matrix: {dataset: digits, model: mlp-8, optimizer: sgd, steps: \(steps)}
    range-tests: {iterations: 60}
    grid: {per-decade: 1, from: 1e-3, to: 1, extend: false, refine: false}
    seeds: {grid: \(seeds), range-tests: 1}
    evaluation: {count: 2, samples: 100}
    strategies: \(strategies)
    """
  }

  private let runner: CommandRunner
  private let program: Program

  init() throws {
    program = try Program.built()
    runner = try CommandRunner()
    try runner.file("tiny.yaml", Self.comparison())
  }

  private func shell(_ line: String) throws -> Program.Outcome {
    try program.shell(
      line, in: runner.folder, environment: ["SUGGEST_DATA": Repository.folder("datasets").path])
  }

  private func records(_ store: String) throws -> [Substring] {
    try shell("suggest store records --canonical --store \(store)").output.split(separator: "\n")
  }

  @Test func `One worker and three give the same records, and a second time trains nothing`() throws {
    defer { runner.remove() }
    for jobs in [1, 3] {
      let outcome = try shell("suggest compare tiny.yaml --store s\(jobs) --jobs \(jobs)")
      #expect(outcome.status == 0, "\(outcome.messages)")
      #expect(outcome.output.contains("complete"))
    }
    let one = try records("s1")
    #expect(one.count >= 5)
    #expect(try records("s3") == one)
    let again = try shell("suggest compare tiny.yaml --store s1")
    #expect(again.status == 0)
    #expect(again.output.hasPrefix("nothing to train: all \(one.count) runs"))
    #expect(try shell("suggest store check --store s1").status == 0)
  }

  @Test func `A strategy more and a seed more train only what is theirs`() throws {
    defer { runner.remove() }
    #expect(try shell("suggest compare tiny.yaml").status == 0)
    let before = try records("runs")
    try runner.file("more.yaml", Self.comparison(seeds: 2, strategies: "[min10, lightning]"))
    let outcome = try shell("suggest compare more.yaml")
    #expect(outcome.status == 0, "\(outcome.messages)")
    let after = try records("runs")
    #expect(after.count > before.count)
    #expect(Set(before).isSubset(of: after))
    #expect(outcome.output.contains("\(after.count - before.count) runs done"))
    #expect(after.count(where: { $0.contains(#""kind":"curve""#) }) == 1)
  }

  @Test func `A limit does so many runs, and the next time goes on`() throws {
    defer { runner.remove() }
    let outcome = try shell("suggest compare tiny.yaml --limit 2")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("are missing"))
    #expect(try records("runs").count == 2)
    #expect(try shell("suggest compare tiny.yaml").output.contains("complete"))
  }

  @Test func `A dry run lists and creates nothing; two workers carry out its plan`() throws {
    defer { runner.remove() }
    let listing = try shell("suggest compare tiny.yaml --dry-run")
    #expect(listing.status == 0, "\(listing.messages)")
    for words in ["digits mlp-8 sgd", "5 new", "5 to do", "estimated"] {
      #expect(listing.output.contains(words))
    }
    #expect(!FileManager.default.fileExists(atPath: runner.path("runs")))
    let plan = try shell("suggest compare tiny.yaml --dry-run --format json > plan.jsonl; wc -l < plan.jsonl")
    #expect(plan.output.trimmingCharacters(in: .whitespacesAndNewlines) == "5")
    for shard in 0..<2 {
      let outcome = try shell("suggest worker --store w --plan plan.jsonl --shard \(shard)/2")
      #expect(outcome.status == 0, "\(outcome.messages)")
      #expect(outcome.output.contains("recorded"))
    }
    #expect(try shell("suggest compare tiny.yaml --limit 5").status == 0)
    #expect(try records("w") == records("runs"))
  }

  @Test(arguments: [("INT", Int32(130)), ("TERM", 143)])
  func `A signal ends it within seconds and leaves no worker behind`(_ signal: String, _ status: Int32) throws
  {
    defer { runner.remove() }
    try runner.file("long.yaml", Self.comparison(steps: 50_000_000))
    let line = """
      env --default-signal=INT suggest compare long.yaml --jobs 2 & pid=$!
      while [ "$(pgrep -c -P $pid)" -lt 2 ]; do kill -0 $pid || break; sleep 0.05; done
      sleep 0.5; workers=$(pgrep -P $pid)
      kill -\(signal) $pid
      wait $pid; status=$?
      sleep 0.2
      for worker in $workers; do kill -0 $worker 2>/dev/null && echo left behind; done
      exit $status
      """
    let clock = ContinuousClock()
    let start = clock.now
    let outcome = try shell(line)
    #expect(outcome.status == status, "\(outcome.messages)")
    #expect(clock.now - start < .seconds(20))
    #expect(outcome.messages.contains("the same command goes on"))
    #expect(!outcome.output.contains("left behind"))
    #expect(try shell("suggest store check").status == 0)
  }

  /// Kills every worker half a second after it appears, until the comparison ends with its status.
  private func killingWorkers(of command: String) throws -> Program.Outcome {
    try shell(
      """
      \(command) & pid=$!
      while kill -0 $pid 2>/dev/null; do sleep 0.5; pkill -9 -P $pid; done
      wait $pid
      """)
  }

  @Test
  func `A run that fails each time is told of and ends with 75; with --fail-fast the first ends it all`()
    throws
  {
    defer { runner.remove() }
    // Only the trainings are long enough to be killed.
    try runner.file("long.yaml", Self.comparison(steps: 50_000_000))
    let outcome = try killingWorkers(of: "suggest compare long.yaml --jobs 1 --attempts 1 --store a")
    #expect(outcome.status == 75, "\(outcome.messages)")
    #expect(
      outcome.messages.contains("4 runs failed for good: the same command tries again"), "\(outcome.messages)"
    )
    #expect(try shell("suggest compare long.yaml --dry-run --store a").output.contains("4 failed before"))
    let fast = try killingWorkers(of: "suggest compare long.yaml --jobs 1 --fail-fast --store b")
    #expect(fast.status == 75, "\(fast.messages)")
    let incidents = try shell("cat b/incidents/*.jsonl | wc -l").output
    #expect(incidents.trimmingCharacters(in: .whitespacesAndNewlines) == "1")
    #expect(try shell("suggest store check --store b").status == 0)
  }

  @Test func `Wrong files, folders and options end with their exit codes and one line`() throws {
    defer { runner.remove() }
    try runner.file("bad.yaml", Self.comparison().replacingOccurrences(of: "optimizer", with: "optimzer"))
    for (line, status, words) in [
      ("compare", Int32(64), "compare needs a file"), ("compare tiny.yaml --limit 0", 64, "--limit"),
      ("compare nowhere.yaml", 66, "nowhere.yaml"), ("compare bad.yaml", 65, "did you mean optimizer"),
      ("compare tiny.yaml --store tiny.yaml", 73, "tiny.yaml"), ("compare tiny.yaml --data .", 66, "digits"),
      ("worker --plan tiny.yaml", 65, "no run"), ("worker --plan tiny.yaml --shard 2/2", 64, "--shard"),
    ] {
      let outcome = try shell("suggest \(line)")
      #expect(outcome.status == status, "\(line): \(outcome.messages)")
      #expect(outcome.messages.contains(words), "\(line): \(outcome.messages)")
      #expect(outcome.messages.split(separator: "\n").count == 1, "\(line): \(outcome.messages)")
    }
  }
}
