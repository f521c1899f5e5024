import CurveModel
import DatasetKit
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
    try plan.store.open()
    let data = try Dataset.load(plan.training.dataset, from: folders)
    let interruption = Interruption()
    let progress = ProgressBar(console: console, total: plan.seeds.count * plan.test.schedule.steps)
    let curves = try await recordAll(data, progress, interruption)
    progress.clear()
    if let signal = interruption.signal {
      for curve in curves {
        console.report("interrupted after \(curve.curve.count) points, kept in \(curve.source)")
      }
      if curves.isEmpty { console.report("interrupted before the first step; nothing was recorded") }
      throw signal == Interruption.terminate ? ExitStatus.terminated : ExitStatus.interrupted
    }
    let reports = try curves.map {
      try SuggestionReport(
        asking: plan.strategies, about: $0, optimizerFamily: plan.training.optimizer.family)
    }
    try await present(reports)
    if reports.allSatisfy(\.allAbstained) { throw ExitStatus.abstained }
  }

  private var folders: DataFolders {
    DataFolders(option: plan.training.dataFolder, environment: console.environment)
  }

  // MARK: Recording

  /// The curves of all seeds, in the order of the seeds; as many at once as there are processors.
  private func recordAll(
    _ data: Dataset, _ progress: ProgressBar, _ interruption: Interruption
  ) async throws -> [NamedCurve] {
    let width = min(ProcessInfo.processInfo.activeProcessorCount, plan.seeds.count)
    return try await withThrowingTaskGroup(of: (Int, NamedCurve?).self) { group in
      var waiting = plan.seeds.indices.makeIterator()
      let startNext = { (group: inout ThrowingTaskGroup<(Int, NamedCurve?), any Error>) in
        guard let index = waiting.next(), interruption.signal == nil else { return }
        group.addTask { (index, try record(data, seed: plan.seeds[index], progress, interruption)) }
      }
      for _ in 0..<width { startNext(&group) }
      var curves = [NamedCurve?](repeating: nil, count: plan.seeds.count)
      while let (index, curve) = try await group.next() {
        curves[index] = curve
        startNext(&group)
      }
      return curves.compactMap { $0 }
    }
  }

  /// Records one seed; nil if it was interrupted before its first step.
  private func record(
    _ data: Dataset, seed: UInt64, _ progress: ProgressBar, _ interruption: Interruption
  ) throws -> NamedCurve? {
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
    guard steps.count > 0 else {
      file.writer.remove()
      return nil
    }
    try file.writer.finish(stop: stop)
    progress.skip(plan.test.schedule.steps - steps.count)
    return NamedCurve(source: file.path, curve: try steps.curve(header: header, stop: stop), warnings: [])
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

  private func present(_ reports: [SuggestionReport]) async throws {
    switch plan.format {
    case .json: try console.output(SeedSummary(reports).json + "\n")
    case .text:
      if reports.count == 1 {
        try console.output(ReportFormat.text.text(of: reports[0]))
      } else {
        try console.output(SeedSummary(reports).text)
      }
      try console.output("\n" + TerminalPlot(console).text(of: CurveFigure(of: reports[0])) + "\n")
    }
    for report in reports { try await draw(report) }
  }

  /// Draws into the file asked for, else beside the curve; only the former must succeed.
  private func draw(_ report: SuggestionReport) async throws {
    let figure = CurveFigure(of: report)
    if let plot = plan.plot {
      let path = plan.seeds.count == 1 ? plot : numbered(plot, report.curve.curve.header.seed ?? 0)
      try await FigureRenderer().write(figure, to: path)
      console.report("drew \(path)")
      return
    }
    let name = report.curve.source.split(separator: "/").last?.dropLast(".jsonl".count) ?? "curve"
    let path = plan.store.figurePath(of: String(name))
    do {
      try await FigureRenderer().write(figure, to: path)
      console.report("drew \(path)")
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
