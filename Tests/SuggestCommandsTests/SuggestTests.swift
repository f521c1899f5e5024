import CurveModel
import Foundation
import StrategyRegistry
import Testing

@testable import SuggestCommands

@Suite struct SuggestTests {
  @Test("the JSON output keeps its contract")
  func printsJSON() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let file = try runner.file("recorder.json", CurveText.fastai())
    let outcome = await runner.run("--strategy", "steepest", "--format", "json", file)
    #expect(outcome.status == 0)
    #expect(outcome.messages == "")
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    #expect(report["format"] as? Int == 1)
    let curve = try #require(report["curve"] as? [String: Any])
    #expect(curve["source"] as? String == file)
    #expect(curve["points"] as? Int == 100)
    #expect(curve["stop"] as? String == "unknown")
    let suggestion = try #require((report["suggestions"] as? [[String: Any]])?.first)
    #expect(
      Set(suggestion.keys) == [
        "strategy", "version", "learningRate", "interval", "meantFor", "usedPoints", "point", "reason",
        "warnings",
      ])
    let rate = try #require(suggestion["learningRate"] as? Double)
    #expect(abs(log10(rate) + 3) < 0.1)
    let point = try #require(suggestion["point"] as? [String: Any])
    #expect(Set(point.keys) == ["index", "learningRate", "loss"])
  }

  @Test("abstentions in JSON say so")
  func printsAbstentions() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let rates = (0..<50).map { pow(10, -5 + Double($0) / 10) }
    let file = try runner.file(
      "flat.json",
      "{\"lrs\":[\(CurveText.list(rates))],\"losses\":[\(CurveText.list(rates.map { _ in 2.0 }))],\"num_it\":50}"
    )
    let outcome = await runner.run("--strategy", "valley", "--format", "json", file)
    #expect(outcome.status == 3)
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let suggestion = try #require((report["suggestions"] as? [[String: Any]])?.first)
    #expect(Set(suggestion.keys) == ["strategy", "version", "abstained", "reason", "warnings"])
    #expect(suggestion["abstained"] as? Bool == true)
  }

  @Test("CSV, value and text tell the same rate, with every digit in CSV and value")
  func formatsAgree() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let file = try runner.file("recorder.json", CurveText.fastai())
    let value = await runner.run("--strategy", "min10", "--format", "value", file)
    let rate = try #require(Double(value.output.trimmingCharacters(in: .newlines)))
    let csv = await runner.run("--strategy", "min10", "--format", "csv", file)
    let rows = csv.output.split(separator: "\n")
    #expect(rows[0] == "strategy,version,learning_rate,interval_low,interval_high,index,abstained,reason")
    #expect(rows[1].split(separator: ",").prefix(3).map(String.init) == ["min10", "1.0", "\(rate)"])
    let text = await runner.run("--strategy", "min10", file)
    #expect(text.output.contains(rate.text(digits: 3)))
  }

  @Test("--set changes a parameter; names with dots are split at the last one")
  func setsParameters() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let file = try runner.file("recorder.json", CurveText.fastai())
    let tenth = await runner.run("--strategy", "min10", "--format", "value", file)
    let half = await runner.run("--strategy", "min10", "--set", "min10.divisor=2", "--format", "value", file)
    let whole = try #require(Double(half.output.dropLast()))
    let part = try #require(Double(tenth.output.dropLast()))
    #expect(abs(whole / part - 5) < 1e-9)
    let dotted = await runner.run(
      "--strategy", "lightning-2.5.2", "--set", "lightning-2.5.2.nonsense=1", file)
    #expect(dotted.status == 64 && dotted.messages.contains("lightning-2.5.2 has no parameter nonsense"))
  }

  @Test("standard input is read when it is piped, else the newest curve of the store")
  func findsTheCurve() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let piped = await runner.run("--strategy", "min10", "--format", "value", input: CurveText.fastai())
    #expect(piped.status == 0)
    let dash = await runner.run("--strategy", "min10", "--format", "value", "-", input: CurveText.fastai())
    #expect(dash.output == piped.output)
    let none = await runner.run("--strategy", "min10")
    #expect(none.status == 66 && none.messages.contains("suggest record"))
    let recorded = await runner.run(
      "record", "--dataset", "digits", "--model", "mlp-32", "--strategy", "min10", "--format", "json",
      "--plot", runner.path("x.gp"))
    #expect(recorded.status == 0)
    let newest = await runner.run("--strategy", "min10", "--format", "json")
    #expect(newest.output == recorded.output)
  }

  @Test("every strategy is listed, with its parameters and its source")
  func listsStrategies() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let list = await runner.run("strategies")
    let names = list.output.split(separator: "\n").filter { !$0.hasPrefix(" ") }.compactMap {
      $0.split(separator: " ").first.map(String.init)
    }
    #expect(names == StrategyCatalog.builtIn.names)
    let page = await runner.run("strategies", "steepest")
    #expect(page.output.contains("--set steepest.bandwidth=0.25") && page.output.contains("source:"))
    let json = await runner.run("strategies", "--format", "json")
    let entries = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
    #expect(entries.count == names.count)
  }

  @Test("help names every command, on standard output")
  func helps() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let help = await runner.run("--help")
    #expect(help.status == 0 && help.messages == "")
    for command in Subcommands.names where command != "help" {
      #expect(help.output.contains("\n  \(command) "))
      let page = await runner.run(command, "--help")
      #expect(page.status == 0 && page.output.contains("USAGE: suggest \(command)"))
    }
    #expect(await runner.run("--version").output == SuggestProgram.version + "\n")
  }

  @Test("plot writes the script without gnuplot, and a plot for the terminal without a file")
  func plots() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let file = try runner.file("recorder.json", CurveText.fastai())
    let script = await runner.run("plot", "--output", runner.path("figure.gp"), file)
    #expect(script.status == 0)
    let text = try String(contentsOfFile: runner.path("figure.gp"), encoding: .utf8)
    #expect(text.contains("steepest") && text.contains("fastai-valley"))
    let terminal = await runner.run("plot", "--strategy", "steepest", file)
    #expect(terminal.status == 0 && terminal.output.contains("steepest"))
  }
}
