import CurveModel
import DatasetKit
import ExperimentStore
import FoundationEssentials
import Glibc
import RangeTest
import Reporting
import StrategyKit
import TrainingEngine

/// A recording at work: load, sweep each seed, store, suggest, draw.
struct RecordRun {
  let plan: RecordPlan
  let console: Console

  /// A recorded curve, and where its picture goes.
  private struct Recording: Sendable {
    let curve: NamedCurve
    let figurePath: String
  }

  func run() async throws {
    // Everything that can be wrong with the task is found before the store is touched.
    let data = try Dataset.load(plan.training.dataset, from: folders)
    _ = try plan.training.network(for: data)
    guard plan.training.batchSize <= data.train.count else {
      throw UsageError(
        "--batch-size \(plan.training.batchSize): \(data.name) has \(data.train.count) training samples only")
    }
    if let plot = plan.plot { try Self.checkFolder(of: plot) }
    try plan.store.open()
    let interruption = Interruption()
    let recordings = try await recordAll(data, interruption)
    interruption.stopListening()
    if let signal = interruption.signal {
      for curve in recordings.map(\.curve) {
        console.report("interrupted after \(curve.curve.count) points, kept in \(curve.source)")
      }
      if recordings.isEmpty { console.report("interrupted before the first step; nothing was recorded") }
      throw signal == Interruption.terminate ? ExitStatus.terminated : ExitStatus.interrupted
    }
    let reports = try recordings.map {
      try SuggestionReport(
        asking: plan.strategies, about: $0.curve, optimizerFamily: plan.training.optimizer.family)
    }
    try present(reports)
    for (recording, report) in zip(recordings, reports) { try await draw(report, beside: recording) }
    if reports.allSatisfy(\.allAbstained) { throw ExitStatus.abstained }
  }

  /// Finds out before the training whether its picture can be written.
  private static func checkFolder(of path: String) throws {
    let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    guard access(folder, W_OK | X_OK) == 0 else {
      throw ReportingError.cannotWrite(path: path, reason: String(cString: strerror(errno)))
    }
  }

  private var folders: DataFolders {
    DataFolders(
      option: plan.training.dataFolder,
      environment: console.variable("SUGGEST_DATA").map { ["SUGGEST_DATA": $0] } ?? [:])
  }

  // MARK: Recording

  /// The curves of all seeds, in the order of the seeds; as many at once as there are processors.
  private func recordAll(_ data: Dataset, _ interruption: Interruption) async throws -> [Recording] {
    let progress = ProgressBar(console: console, total: plan.seeds.count * plan.test.schedule.steps)
    defer { progress.clear() }
    let width = min(ProcessInfo.processInfo.activeProcessorCount, plan.seeds.count)
    return try await withThrowingTaskGroup(of: (Int, Recording?).self) { group in
      var waiting = plan.seeds.indices.makeIterator()
      let startNext = { (group: inout ThrowingTaskGroup<(Int, Recording?), any Error>) in
        guard let index = waiting.next(), interruption.signal == nil else { return }
        group.addTask { (index, try record(data, seed: plan.seeds[index], progress, interruption)) }
      }
      for _ in 0..<width { startNext(&group) }
      var recordings = [Recording?](repeating: nil, count: plan.seeds.count)
      while let (index, recording) = try await group.next() {
        recordings[index] = recording
        startNext(&group)
      }
      return recordings.compactMap { $0 }
    }
  }

  /// Records one seed; nil if it was interrupted before its first step.
  private func record(
    _ data: Dataset, seed: UInt64, _ progress: ProgressBar, _ interruption: Interruption
  ) throws -> Recording? {
    let trainer = try plan.training.trainer(for: data, seed: seed)
    let batches = ShuffledBatches(data.train, batchSize: trainer.batchSize, seed: seed)
    let header = plan.header(seed: seed, parameterCount: trainer.network.parameterCount)
    var file = try plan.store.newCurve(header: header, at: console.now())
    var steps = CurveBuilder()
    let stop = try plan.test.run(
      trainer, batches: batches, validation: heldOut(data, batchSize: trainer.batchSize),
      isCancelled: { interruption.signal != nil || Task.isCancelled }
    ) { step in
      try file.writer.append(step)
      steps.append(step)
      progress.advance(to: step)
    }
    try file.writer.finish(stop: stop)
    guard steps.count > 0 else { return nil }
    progress.skip(plan.test.schedule.steps - steps.count)
    let curve = try steps.curve(header: header, stop: stop)
    return Recording(
      curve: NamedCurve(source: file.path, curve: curve, warnings: []),
      figurePath: plan.store.figurePath(of: file.name))
  }

  /// The first held-out samples, in batches the trainer can take.
  private func heldOut(_ data: Dataset, batchSize: Int) -> [Batch] {
    let count = min(plan.validationSamples, data.validation.count)
    return stride(from: 0, to: count, by: batchSize).map { start in
      var batch = Batch(capacity: batchSize, inputCount: data.sampleShape.count)
      data.validation.fill(&batch, with: start..<min(start + batchSize, count))
      return batch
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
  private func draw(_ report: SuggestionReport, beside recording: Recording) async throws {
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
