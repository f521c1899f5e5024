import DatasetKit
import Reporting
import TrainingEngine

extension TrainRun {
  /// Classifies the held-out samples by the trained network, where a page is to show it.
  func classify(
    by trainer: Trainer, _ task: LoadedTask, after result: TrainResult, _ interruption: Interruption
  ) -> TrainOutcome.Classified? {
    guard plan.results.report != nil else { return nil }
    switch result.end {
    case .diverged:
      return .nothing(reason: "The training diverged: its network answers nothing that could be classified.")
    case .interrupted: return .nothing(reason: "The training was interrupted before its network was asked.")
    case .finished: break
    }
    guard task.data.isClassified else {
      return .nothing(
        reason: task.data.loss == .meanSquaredError
          ? "\(task.data.name) has numbers as targets, not classes: nothing is classified."
          : "\(task.data.name) is a text, whose characters are predicted one after the other: there is no matrix of them."
      )
    }
    let isCancelled = { interruption.signal != nil || Task.isCancelled }
    guard let classification = trainer.classification(of: task.data, isCancelled: isCancelled) else {
      console.report("interrupted while the held-out samples were classified: the report does without that")
      return .nothing(reason: "The classification of the held-out samples was interrupted.")
    }
    return .result(classification)
  }

  /// Writes the learning curves and the page; what fails keeps nothing else from being written.
  ///
  /// - Returns: The files that were written, and the first failure.
  func writeResults(
    _ result: TrainResult, _ task: LoadedTask, _ rate: LearningRate, _ classified: TrainOutcome.Classified?,
    saved: String?
  ) async -> (written: [String], failure: (any Error)?) {
    guard !plan.results.isEmpty else { return ([], nil) }
    guard result.steps > 0 else {
      for path in plan.results.paths { console.report("\(path) is not written: there is nothing to show") }
      return ([], nil)
    }
    let page = TrainingReport(plan: plan, task: task, result: result, rate: rate, saved: saved)
    var written: [String] = []
    var failure: (any Error)?
    func attempt(_ path: String, _ write: () async throws -> Void) async {
      do {
        try await write()
        written.append(path)
        console.report("wrote \(path)")
      } catch {
        // The first failure ends the program, with its line; the others are said here.
        if failure == nil { failure = error } else { console.report("\(error)") }
      }
    }
    for export in plan.results.exports {
      await attempt(export.path) {
        switch export.form {
        case .table: try LearningTable(page.curve).write(to: export.path)
        case .figure: try await FigureRenderer().write(page.curve, to: export.path)
        }
      }
    }
    if let report = plan.results.report {
      await attempt(report.path) {
        try await TrainingPage().write(page.content(classified, worst: report.worst), to: report.path)
      }
    }
    return (written, failure)
  }
}
