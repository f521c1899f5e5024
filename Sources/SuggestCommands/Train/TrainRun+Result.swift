import CurveModel
import DatasetKit
import ModelZoo
import TrainingEngine

extension TrainRun {
  /// What is trained, in one line.
  func introduction(_ task: LoadedTask, steps: Int) -> String {
    let length = TrainTable.epochs(task.epochs(steps: steps))
    return "\(plan.training.model.name) on \(task.data.name): \(task.network.parameterCount) parameters, "
      + "\(plan.training.optimizer.family), \(Quantity.text(steps, "step")) (\(length == "1" ? "1 epoch" : "\(length) epochs"))\n"
  }

  /// Prints how the training ended.
  func present(_ outcome: TrainOutcome, _ task: LoadedTask) throws {
    let (result, rate) = (outcome.result, outcome.rate)
    switch plan.format {
    case .text:
      if let estimate = result.estimatedLearningRate {
        try console.output("the optimizer's own rate after the last step: \(estimate.text(digits: 3))\n")
      }
      try console.output(lastLine(result) + "\n")
    case .json: try console.output(try json(outcome, task).text + "\n")
    }
    if result.end == .diverged {
      console.report(
        "the training diverged at the rate \(rate.value.text(digits: 3)): give --lr a lower one")
    }
  }

  private func lastLine(_ result: TrainResult) -> String {
    switch result.end {
    case .finished:
      let loss = result.final?.loss.text(digits: 4) ?? ""
      let error = result.final?.errorRate.map { ", error \(TrainTable.percent($0))" } ?? ""
      return "finished: validation loss \(loss)\(error)"
    case .diverged: return "diverged: the loss is no number in step \(result.steps)"
    case .interrupted: return "interrupted after \(Quantity.text(result.steps, "step"))"
    }
  }

  /// The result as an outcome, with more about it: one line of an outcomes file.
  private func json(_ outcome: TrainOutcome, _ task: LoadedTask) throws -> JSONValue {
    let (result, rate) = (outcome.result, outcome.rate)
    let steps = plan.course.phases(
      of: task, rate: rate.value, steps: try plan.steps(batchesPerEpoch: task.batchesPerEpoch)
    ).reduce(0) { $0 + $1.loop.steps }
    let labels =
      task.labels + [
        .init("schedule", .string(plan.course.description)), .init("steps", .number(Double(steps))),
      ]
    var members: [JSONValue.Member] = [
      .init("kind", .string("outcome")), .init("task", .object(labels)),
      .init("learningRate", .number(rate.value)), .init("seed", seed),
      .init("status", .string(result.end.rawValue)),
    ]
    if let final = result.final { members += evaluation(final) }
    if let untrained = result.rows.first {
      members.append(.init("untrainedLoss", .number(untrained.validation.loss)))
    }
    members.append(.init("stepsTaken", .number(Double(result.steps))))
    if let estimate = result.estimatedLearningRate {
      members.append(.init("estimatedLearningRate", .number(estimate)))
    }
    if let suggestion = rate.suggestion { members.append(.init("suggestion", suggestion.json)) }
    members.append(.init("evaluations", .array(result.rows.map(row))))
    if let classification = outcome.classification?.result, let report = plan.results.report {
      let json = ClassificationJSON(result: classification, samples: task.data.validation)
      members.append(.init("classification", json.value(worst: report.worst)))
    }
    if let saved = outcome.saved { members.append(.init("saved", .string(saved))) }
    if !outcome.written.isEmpty {
      members.append(.init("written", .array(outcome.written.map(JSONValue.string))))
    }
    members.append(.init("versions", .object(Surroundings.labels(plan.training.execution))))
    return .object(members)
  }

  /// A JSON number is exact up to 2⁵³ only.
  private var seed: JSONValue {
    plan.seed <= 1 << 53 ? .number(Double(plan.seed)) : .string("\(plan.seed)")
  }

  private func row(_ row: TrainResult.Row) -> JSONValue {
    .object(
      [.init("step", .number(Double(row.step))), .init("epoch", .number(row.epoch))]
        + (row.learningRate.map { [.init("learningRate", .number($0))] } ?? [])
        + (row.trainingLoss.map { [.init("trainingLoss", .number($0))] } ?? []) + evaluation(row.validation))
  }

  private func evaluation(_ evaluation: Evaluation) -> [JSONValue.Member] {
    [.init("loss", .number(evaluation.loss))]
      + (evaluation.errorRate.map { [.init("error", .number($0))] } ?? [])
  }
}
