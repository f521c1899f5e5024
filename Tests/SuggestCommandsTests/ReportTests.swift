import Foundation
import Testing

@testable import SuggestCommands

/// `suggest report` through the program; the page itself is tested with `Reporting`, its use by scripts/check-report.sh.
struct ReportTests {
  private func prepared() throws -> CommandRunner {
    let runner = try CommandRunner()
    try FileManager.default.copyItem(
      atPath: Repository.folder("datasets/outcomes/quick").path, toPath: runner.path("store"))
    return runner
  }

  @Test func `A report holds the verdict, every strategy and every task that score knows`() async throws {
    let runner = try prepared()
    defer { runner.remove() }
    let words = [runner.path("store"), "--strategy", "steepest", "--strategy", "fastai-valley", "--any-role"]
    let outcome = await runner.run(
      ["report"] + words + ["-o", runner.path("out"), "--title", "Mine & <yours>"])
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.output.hasPrefix(runner.path("out/report.html") + ": "))
    let page = try String(contentsOfFile: runner.path("out/report.html"), encoding: .utf8)
    #expect(page.contains("<h1>Mine &amp; &lt;yours&gt;</h1>"))
    let scores = await runner.run(["score"] + words + ["--format", "json"])
    let json = try JSONSerialization.jsonObject(with: Data(scores.output.utf8)) as? [String: Any]
    let tasks = try #require(json?["tasks"] as? [[String: Any]])
    #expect(page.ranges(of: "<article class=\"card\"").count == tasks.count)
    for task in tasks {
      let title = try #require(task["title"] as? String)
      #expect(page.contains("<h4>\(title)</h4>"))
    }
    let verdict = try #require(json?["verdict"] as? [[String: Any]]).compactMap { $0["text"] as? String }
    #expect(page.contains(verdict.joined(separator: " ").replacing("\"", with: "&quot;")))
    #expect(page.contains("every second point"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: runner.path("out")) == ["report.html"])
  }

  @Test func `What is in the way is named before anything is scored`() async throws {
    let runner = try prepared()
    defer { runner.remove() }
    let store = runner.path("store")
    try runner.file("taken", "")
    #expect(await runner.run("report", store, "-o", runner.path("taken")).status == 73)
    #expect(await runner.run("report", store, "-o", runner.path("no/such")).status == 73)
    #expect(await runner.run("report", store).status == 64)
    #expect(await runner.run("report", runner.path("none"), "-o", runner.path("out")).status == 66)
    #expect(await runner.run("report", store, "--strategy", "none", "-o", runner.path("out")).status == 64)
    #expect(!FileManager.default.fileExists(atPath: runner.path("out")))
  }
}
