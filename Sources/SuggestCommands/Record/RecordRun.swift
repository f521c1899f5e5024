import CurveModel
import ExperimentStore
import FoundationEssentials
import RangeTest
import Reporting
import StrategyKit
import TrainingEngine

/// A recording at work: load, sweep each seed, store, suggest, draw.
struct RecordRun {
  let plan: RecordPlan
  let console: Console

  func run() async throws {
    let recordings = try await recordings()
    let reports = try recordings.map {
      try SuggestionReport(
        asking: plan.strategies, about: $0.curve, optimizerFamily: plan.training.optimizer.family)
    }
    try present(reports)
    for (recording, report) in zip(recordings, reports) { try await draw(report, beside: recording) }
    if reports.allSatisfy(\.allAbstained) { throw ExitStatus.abstained }
  }

  // MARK: Recording

  /// Records every seed into the store.
  ///
  /// - Throws: ``ExitStatus`` of an interruption, after saying what is kept.
  func recordings() async throws -> [CurveRecorder.Recording] {
    // Everything that can be wrong with the task is found before the store is touched.
    let task = try LoadedTask(plan.training, console: console)
    if let plot = plan.plot { try Destination.check(plot) }
    try plan.store.open()
    let interruption = Interruption()
    let recordings = try await recordAll(task, interruption)
    interruption.stopListening()
    if let signal = interruption.signal {
      for curve in recordings.map(\.curve) {
        console.report("interrupted after \(curve.curve.count) points, kept in \(curve.source)")
      }
      if recordings.isEmpty { console.report("interrupted before the first step; nothing was recorded") }
      throw ExitStatus(signal: signal)
    }
    return recordings
  }

  /// The curves of all seeds, in the order of the seeds.
  ///
  /// Either the seeds share the processors, one thread each, or the threads of one seed do.
  private func recordAll(_ task: LoadedTask, _ interruption: Interruption) async throws
    -> [CurveRecorder.Recording]
  {
    let recorder = CurveRecorder(
      task: task, test: plan.test, validationSamples: plan.validationSamples, store: plan.store,
      console: console)
    let progress = ProgressBar(console: console, total: plan.seeds.count * plan.test.schedule.steps)
    defer { progress.clear() }
    let processors = ProcessInfo.processInfo.activeProcessorCount
    let width = plan.training.execution.threads > 1 ? 1 : min(processors, plan.seeds.count)
    return try await withThrowingTaskGroup(of: (Int, CurveRecorder.Recording?).self) { group in
      var waiting = plan.seeds.indices.makeIterator()
      let startNext = { (group: inout ThrowingTaskGroup<(Int, CurveRecorder.Recording?), any Error>) in
        guard let index = waiting.next(), interruption.signal == nil else { return }
        let seed = plan.seeds[index]
        group.addTask {
          (index, try recorder.record(task.trainer(seed: seed), seed: seed, progress, interruption))
        }
      }
      for _ in 0..<width { startNext(&group) }
      var recordings = [CurveRecorder.Recording?](repeating: nil, count: plan.seeds.count)
      while let (index, recording) = try await group.next() {
        recordings[index] = recording
        startNext(&group)
      }
      return recordings.compactMap { $0 }
    }
  }

  // MARK: Presenting

  private func present(_ reports: [SuggestionReport]) throws {
    switch plan.format {
    case .json: try console.output(SeedSummary(reports).json.text + "\n")
    case .text:
      let text =
        reports.count == 1
        ? ReportFormat.text.text(of: reports[0], width: console.outputIsTerminal ? console.width : nil)
        : SeedSummary(reports).text
      try console.output(text + "\n" + TerminalPlot(console).text(of: CurveFigure(of: reports[0])) + "\n")
    }
  }

  /// Draws into the file asked for, else beside the curve; only the former must succeed.
  private func draw(_ report: SuggestionReport, beside recording: CurveRecorder.Recording) async throws {
    let figure = CurveFigure(of: report)
    if let plot = plan.plot {
      let path = plan.seeds.count == 1 ? plot : numbered(plot, report.curve.curve.header.seed ?? 0)
      try await FigureRenderer().write(figure, to: path)
      console.report("drew \(path)")
      return
    }
    do {
      try await FigureRenderer().write(figure, to: recording.figurePath)
      console.report("drew \(recording.figurePath)")
    } catch let error as ReportingError {
      console.report("warning: no picture: \(error)")
    }
  }

  /// `figure.svg` of seed 3 is `figure-seed3.svg`.
  private func numbered(_ path: String, _ seed: UInt64) -> String {
    guard let dot = path.lastIndex(of: ".") else { return path }
    return path[..<dot] + "-seed\(seed)" + path[dot...]
  }
}
