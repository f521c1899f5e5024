import ArgumentParser
import Comparison
import Glibc
import StrategyKit
import TrainingEngine
import Workflow

/// Plans one stage.
struct StagePlanner {
  let workflow: Workflow
  let folder: WorkflowFolder
  let console: Console
  let index: Int

  private var stage: WorkflowStage { workflow.stages[index] }
  private var earlier: ArraySlice<WorkflowStage> { workflow.stages[..<index] }

  func planned() throws -> PlannedStage {
    let start = try start()
    let arguments = StageWords(stage: stage, start: start, folder: folder).arguments()
    switch stage.command {
    case .record:
      let plan = try blaming(RecordCommand.self) { try RecordCommand.parse(arguments).plan(console) }
      return try planned(start, .given, plan.training)
    case .train:
      let plan = try blaming(TrainCommand.self) { try TrainCommand.parse(arguments).plan(console) }
      return try planned(start, try rate(plan), plan.training, plan.course.fineTuning)
    }
  }

  /// Weights of an earlier stage need not be there yet; those of a file, which the command may know by a name, must.
  private func planned(
    _ start: PlannedStage.Start, _ rate: PlannedStage.Rate, _ training: TrainingPlan,
    _ fineTuning: FineTuning? = nil
  ) throws -> PlannedStage {
    var (start, training) = (start, training)
    switch start {
    case .random: break
    case .stage: training.checkpoint = nil
    case .file(let from):
      let path = training.checkpoint ?? from
      guard access(path, F_OK) == 0 else {
        let option = stage["from"] ?? StageOption(name: "from", values: [], origin: .file(stage.position))
        let names = earlier.filter { $0.command == .train }.map(\.name)
        let choice =
          names.isEmpty
          ? "" : ", and no stage of that name; earlier trainings are \(names.joined(separator: ", "))"
        throw problem(option, "there is no file \(path)\(choice)", .missingInput)
      }
      start = .file(path)
    }
    return PlannedStage(stage: stage, start: start, rate: rate, training: training, fineTuning: fineTuning)
  }

  private func blaming<Plan>(_ command: any ParsableCommand.Type, _ body: () throws -> Plan) throws -> Plan {
    do {
      return try body()
    } catch {
      throw StageError(
        StageBlame(stage: stage).problem(for: error, of: command), in: workflow.path,
        status: ExitStatus(for: error))
    }
  }

  private func problem(_ option: StageOption, _ text: String, _ status: ExitStatus? = nil) -> StageError {
    StageError(
      StageProblem(option.origin, "stage \(stage.name): \(text)"), in: workflow.path, status: status)
  }

  // MARK: Weights

  private func start() throws -> PlannedStage.Start {
    guard let option = stage["from"], let from = option.values.first else { return .random }
    guard let source = workflow[from] else { return .file(from) }
    guard earlier.contains(where: { $0.name == from }) else {
      throw problem(
        option, "\(from) does not come before \(stage.name); begin with an earlier stage or a file")
    }
    guard source.command == .train else {
      throw problem(
        option, "\(from) records a range test and saves no weights; begin with a training or a file")
    }
    return .stage(from)
  }

  // MARK: Rates

  private func rate(_ plan: TrainPlan) throws -> PlannedStage.Rate {
    let source = stage[StageVocabulary.rateSource]
    guard case .suggested(let strategy) = plan.rate else {
      guard let source else { return .given }
      throw problem(source, "lr is a number, which is read from no stage; remove `lr-from`")
    }
    let use = plan.course.use(from: plan.training.checkpoint)
    guard let source, let name = source.values.first else {
      if let latest = earlier.last(where: { $0.command == .record }) {
        return .asked(strategy, for: use, about: latest.name, over: plan.length)
      }
      let lr = stage["lr"] ?? StageOption(name: "lr", values: [], origin: .file(stage.position))
      throw problem(
        lr,
        "no range test comes before for \(strategy.descriptor.name) to read; record one in an earlier stage")
    }
    guard let chosen = earlier.first(where: { $0.name == name }), chosen.command == .record else {
      let names = earlier.filter { $0.command == .record }.map(\.name)
      throw problem(
        source,
        "no earlier stage \(name) records a range test; "
          + (names.isEmpty ? "record one before" : "those that do are \(names.joined(separator: ", "))"))
    }
    return .asked(strategy, for: use, about: name, over: plan.length)
  }
}
