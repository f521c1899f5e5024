import Measuring
import Testing
import TrainingWork

@testable import Benchmarks

@Suite("The training benchmark")
struct TrainingBenchmarkTests {
  private func entry(_ side: MeasuredSteps.Side, threads: Int, _ milliseconds: Int) -> MeasuredSteps.Entry {
    let log = TurnLog()
    for loss in [2.0, 1.0] {
      let processorSeconds = Double(milliseconds) / 1e3 / loss
      log.note(Turn(seconds: 1, processorSeconds: processorSeconds, firstLoss: loss, lastLoss: loss))
    }
    return MeasuredSteps.Entry(
      side: side, threads: threads,
      measurement: Measurement(name: side.layout ?? "suggest", durations: [.milliseconds(milliseconds)]),
      log: log)
  }

  private func measured(_ entries: [MeasuredSteps.Entry]) -> MeasuredSteps {
    MeasuredSteps(
      work: MeasuredWork(.smallCNN, ratioToReach: 4, stepsPerTurn: 1, rounds: (1, 1)), steps: entries,
      matrixProduct: Measurement(name: "product", durations: [.milliseconds(100)]))
  }

  private func table(_ rows: [ResultRow]) -> [Substring] {
    markdownTable([("training", rows)]).split(separator: "\n").dropFirst(2).map { $0 }
  }

  @Test("ratios are against the better layout of the same number of threads")
  func ratios() {
    let steps = measured([
      entry(.ours, threads: 1, 10), entry(.pyTorch(layout: "contiguous"), threads: 1, 50),
      entry(.pyTorch(layout: "channels_last"), threads: 1, 45), entry(.ours, threads: 2, 5),
      entry(.pyTorch(layout: "contiguous"), threads: 2, 15),
      entry(.pyTorch(layout: "channels_last"), threads: 2, 20),
    ])
    let lines = table(steps.rows(peak: MatrixProductPeak([.milliseconds(100)])))
    #expect(lines.count == 6)
    #expect(lines[0].contains("1 thread: suggest"))
    #expect(lines[0].contains("PyTorch takes 4.50 × this"))
    #expect(lines[0].contains("≥ 4.0 ×: met"))
    #expect(lines[3].contains("2 threads: suggest"))
    #expect(lines[3].contains("PyTorch takes 3.00 × this"))
    #expect(lines[3].contains("≥ 4.0 ×: MISSED"))
    let threads = table(steps.threadRows)
    #expect(threads.count == 1)
    #expect(threads.allSatisfy { $0.contains("2.00 × as fast as one") && $0.contains("≥ 1.8 ×: met") })
  }

  @Test("the share of the peak counts every thread's")
  func shares() {
    // A product of the peak's side in the time of a step, so that the share is the ratio of the operations.
    let peak = MatrixProductPeak([.milliseconds(30), .milliseconds(10)])
    let side = MatrixProductPeak.side
    let share = 100 * Double(TrainingWork.smallCNN.operationsPerStep) / Double(2 * side * side * side)
    let steps = measured([entry(.ours, threads: 1, 10), entry(.ours, threads: 2, 10)])
    let lines = table(steps.rows(peak: peak))
    #expect(lines[0].contains(" \(decimal(share, places: 0)) % "))
    #expect(lines[1].contains(" \(decimal(share / 2, places: 0)) % "))
  }

  @Test("without PyTorch there are our lines, no ratio and no goal")
  func withoutPyTorch() {
    let lines = table(measured([entry(.ours, threads: 1, 10)]).rows(peak: MatrixProductPeak([.seconds(1)])))
    #expect(lines.count == 1)
    #expect(lines.allSatisfy { !$0.contains("PyTorch") && !$0.contains("met") && !$0.contains("MISSED") })
  }

  @Test(
    "a missing Python, or one without PyTorch, is said and is no error",
    arguments: [nil, "/no/such/python", "/bin/false"])
  func missingPython(_ python: String?) {
    var said: [String] = []
    let worker = pyTorchWorker(python: python, script: "Benchmarks/PyTorch/training_steps.py") {
      said.append($0)
    }
    #expect(worker == nil)
    #expect(said.count == 1)
    #expect(said.allSatisfy { $0.hasSuffix("so PyTorch's lines and the ratios are missing") })
  }

  @Test("a loss that rises or is not finite is loud")
  func losses() {
    func text(_ losses: (first: Double?, last: Double?)...) -> String {
      let log = TurnLog()
      for (first, last) in losses {
        log.note(Turn(seconds: 1, processorSeconds: 1, firstLoss: first, lastLoss: last))
      }
      return log.losses
    }
    #expect(text((2, 1.5), (1.4, 1)) == "loss 2.000 → 1.000")
    #expect(text((2, 1.5), (1, 2.5)).contains("NOT FALL"))
    #expect(text((2, 1.5), (nil, nil)).contains("NOT FINITE"))
    #expect(text((2, 1.5), (1, .nan)).contains("NOT FINITE"))
    #expect(text().contains("NOT FINITE"))
  }

  @Test("processor times leave out the warm-up")
  func processorTimes() {
    let log = TurnLog()
    for seconds in [100.0, 1, 2, 3] {
      log.note(Turn(seconds: 1, processorSeconds: seconds, firstLoss: 1, lastLoss: 1))
    }
    #expect(log.processorTimes.durations == [1, 2, 3].map { .seconds($0) })
  }
}
