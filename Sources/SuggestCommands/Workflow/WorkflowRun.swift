import CurveModel
import ExperimentStore
import StrategyKit
import Workflow

/// A workflow at work: what is done is skipped, the rest is done stage by stage.
struct WorkflowRun {
  let plan: WorkflowPlan
  let console: Console

  private var folder: WorkflowFolder { plan.folder }

  /// Does the stages up to one, or all.
  ///
  /// - Throws: ``ExitStatus`` after saying why; errors of commands and of the folder.
  func run(until last: String?) async throws {
    let stages = try plan.stages(until: last)
    // What holds something else is left as it is.
    _ = try folder.journal(of: plan.workflow.name)
    let claim = try folder.take()
    defer { claim.release() }
    var states = StageStates(folder, try folder.journal(of: plan.workflow.name))
    let waiting = try stages.filter { stage in
      if case .done = try states.state(of: stage) { false } else { true }
    }
    try StageCheck(plan: plan, console: console).check(waiting)
    var performed = 0
    for (index, stage) in stages.enumerated() {
      switch try states.state(of: stage) {
      case .done: try console.output("\(stage.name) is done\n")
      case .stuck(let why):
        console.report(why)
        throw ExitStatus.abstained
      case .waiting: throw ExitStatus.internalError
      case .ready(let preparation, _):
        let words = StageWords(stage: stage.stage, start: stage.start, folder: folder)
        console.report(
          "\(stage.name), \(index + 1) of \(plan.stages.count): "
            + words.command(rate: preparation.rate?.decided))
        let record = try await perform(stage, words, preparation)
        try states.note(record)
        performed += 1
        try console.output(StageSummary(record, preparation.rate).text)
      }
    }
    try states.note(stages: plan.stages.map(\.name))
    try console.output(
      "\(plan.workflow.name): \(Quantity.text(stages.count - performed, "stage")) done before, "
        + "\(Quantity.text(performed, "stage")) now, in \(folder.path)\n")
  }

  private func perform(_ stage: PlannedStage, _ words: StageWords, _ preparation: StageStates.Preparation)
    async throws -> StageRecord
  {
    if let suggestion = preparation.rate?.suggestion, let source = preparation.rate?.source {
      for warning in suggestion.rate.warnings {
        console.report("warning: \(suggestion.strategy.name): \(warning)")
      }
      console.report(
        "\(suggestion.strategy.name) suggests \(suggestion.rate.learningRate.text(digits: 3)) for \(source): "
          + suggestion.rate.reason)
    }
    let clock = ContinuousClock()
    let start = clock.now
    do {
      let outcome = try await StageRun(stage: stage, folder: folder, console: console)
        .run(rate: preparation.rate)
      return StageRecord(
        workflow: plan.workflow.name, stages: plan.stages.map(\.name), stage: stage.name,
        command: stage.stage.command,
        identity: preparation.identity,
        arguments: words.recorded(rate: preparation.rate?.decided),
        rate: preparation.rate?.json, result: outcome.result, files: outcome.files,
        seconds: (clock.now - start).seconds)
    } catch let status as ExitStatus where [.interrupted, .terminated].contains(status) {
      console.report("interrupted in stage \(stage.name): the same command goes on with it")
      throw status
    }
  }
}

extension Duration {
  /// The duration in seconds.
  fileprivate var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
