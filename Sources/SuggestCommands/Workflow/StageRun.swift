import ArgumentParser
import CurveModel
import FoundationEssentials
import Reporting
import Synchronization
import TrainingEngine
import Workflow

/// One stage at work: its command, and what is kept of it.
struct StageRun {
  let stage: PlannedStage
  let folder: WorkflowFolder
  let console: Console

  /// What a stage gave.
  struct Outcome {
    let result: JSONValue
    let files: [StageRecord.File]
  }

  /// Does the stage; its files are in their places afterwards.
  ///
  /// - Throws: What the command throws; ``ExitStatus`` after it has said why.
  func run(rate: RateDecision?) async throws -> Outcome {
    try folder.begin()
    let arguments = StageWords(stage: stage.stage, start: stage.start, folder: folder)
      .arguments(rate: rate?.decided)
    let result =
      switch stage.stage.command {
      case .record: try await record(arguments)
      case .train: try await train(arguments, rate)
      }
    let files = try folder.publish(StageFile.names(of: stage.name))
    try folder.discard()
    return Outcome(result: result, files: files)
  }

  private func unfinished(_ file: StageFile) -> String { "\(folder.unfinished)/\(stage.name).\(file.ending)" }

  // MARK: Recording

  private func record(_ arguments: [String]) async throws -> JSONValue {
    let plan = try RecordCommand.parse(arguments).plan(console)
    guard let recording = try await RecordRun(plan: plan, console: console).recordings().first else {
      throw ExitStatus.internalError
    }
    try FileManager.default.moveItem(atPath: recording.curve.source, toPath: unfinished(.curve))
    // The folder's place is no part of the result.
    let curve = NamedCurve(source: "\(stage.name).jsonl", curve: recording.curve.curve, warnings: [])
    let report = try SuggestionReport(
      asking: plan.strategies, about: curve, optimizerFamily: plan.training.optimizer.family)
    try AtomicFile.write(Array((report.json.text + "\n").utf8), to: unfinished(.suggestions))
    do {
      try await FigureRenderer().write(CurveFigure(of: report), to: unfinished(.picture))
    } catch let error as ReportingError {
      console.report("warning: no picture: \(error)")
    }
    return .object([
      .init("points", .number(Double(curve.curve.count))), .init("stop", .string(curve.curve.stop.rawValue)),
      .init("strategies", .number(Double(report.answers.count))),
      .init("answered", .number(Double(report.answers.count { $0.rate != nil }))),
    ])
  }

  // MARK: Training

  /// Trains, and keeps what the command prints but for the places of its files.
  private func train(_ arguments: [String], _ rate: RateDecision?) async throws -> JSONValue {
    let written = Mutex((output: "", places: ""))
    let place = folder.unfinished
    var quiet = console
    quiet.output = { text in written.withLock { $0.output += text } }
    // Where files lie that are about to be renamed, nobody needs to know unless they stay there.
    quiet.message = { [message = console.message] text in
      if text.contains(place) { written.withLock { $0.places += text } } else { message(text) }
    }
    var plan = try TrainCommand.parse(arguments).plan(quiet)
    if let rate, let suggestion = rate.suggestion {
      plan.rate = .decided(LearningRate(value: rate.value, suggestion: suggestion))
    }
    do {
      try await TrainRun(plan: plan, console: quiet).run()
    } catch {
      console.message(written.withLock { $0.places })
      if error as? ExitStatus == .abstained {
        console.report(
          "stage \(stage.name) is not done: a training that diverges leaves no weights; "
            + "give it a lower lr")
      }
      throw error
    }
    let outcome = try JSONValue(parsing: Array(written.withLock { $0.output }.utf8))
    guard case .object(let members) = outcome else { throw ExitStatus.internalError }
    try StagePage(stage: stage, folder: folder).forgetPlaces(in: unfinished(.report))
    return .object(members.filter { !["saved", "written"].contains($0.name) })
  }
}
