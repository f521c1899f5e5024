import CurveModel
import DatasetKit
import ModelZoo
import Reporting
import StrategyKit
import TrainingEngine

/// What the page about a training says.
struct TrainingReport {
  let plan: TrainPlan
  let task: LoadedTask
  let result: TrainResult
  let rate: LearningRate
  /// The file with the weights, if they were written.
  let saved: String?

  /// The learning curve, as the page and the exported pictures show it.
  var curve: LearningCurve {
    LearningCurve(
      of: result, title: title,
      subtitle:
        "\(plan.training.optimizer.family), rate \(rate.value.text(digits: 3)), \(schedule), seed \(plan.seed)"
    )
  }

  private var title: String { "\(plan.training.model.name) on \(task.data.name)" }
  private var schedule: String { plan.course.description }

  /// Everything on the page.
  func content(_ classified: TrainOutcome.Classified?, worst: Int) -> TrainingContent {
    TrainingContent(
      title: "Training of \(title)", verdict: verdict, task: taskFacts, rate: rateFacts,
      rangeTest: rate.suggestion.map { CurveFigure(of: $0.report) }, curve: curve,
      classification: classification(classified, worst: worst), provenance: provenance)
  }

  private var verdict: String {
    let length =
      "\(Quantity.text(result.steps, "step")) (\(Self.epochs(task.epochs(steps: result.steps))))"
    switch result.end {
    case .finished:
      let final = result.final
      let error = final?.errorRate.map { ", error \(TrainTable.percent($0))" } ?? ""
      return "Finished after \(length): validation loss \(final?.loss.text(digits: 4) ?? "unknown")\(error)."
    case .diverged:
      return "Diverged after \(length): the loss is no number. The learning rate is too high."
    case .interrupted: return "Interrupted after \(length)."
    }
  }

  private static func epochs(_ count: Double) -> String {
    let text = TrainTable.epochs(count)
    return text == "1" ? "1 epoch" : "\(text) epochs"
  }

  // MARK: Facts

  private var taskFacts: [ReportContent.Fact] {
    let held =
      "\(task.data.train.count) to train, \(task.data.validation.count) held out"
      + (task.data.isClassified ? ", \(task.data.outputCount) classes" : "")
    return task.labels.flatMap(facts)
      + [
        .init("Samples", held), .init("Schedule", schedule),
        .init(
          "Length", "\(Quantity.text(result.steps, "step")), \(Self.epochs(task.epochs(steps: result.steps)))"
        ),
        .init("Seed", "\(plan.seed)"),
      ] + (saved.map { [.init("Weights", $0)] } ?? [])
  }

  /// A label as facts; the groups of fine-tuning are others in each phase.
  private func facts(_ label: CurveHeader.Label) -> [ReportContent.Fact] {
    let name = TaskLabelText.name(label.name)
    guard label.name == "groups", plan.course.fineTuning != nil else {
      return [.init(name, TaskLabelText.text(label.value))]
    }
    return plan.course.phases(of: task, rate: rate.value, steps: 1).map { phase in
      .init("\(name), \(phase.name ?? "")", TaskLabelText.text(.array(phase.groups.map(\.json))))
    }
  }

  private var rateFacts: [ReportContent.Fact] {
    let value = ReportContent.Fact("Learning rate", rate.value.text(digits: 4))
    guard let suggestion = rate.suggestion else { return [value, .init("From", "typed")] }
    let interval = suggestion.rate.interval.map {
      [
        ReportContent.Fact(
          "Interval", "\($0.lowerBound.text(digits: 3)) to \($0.upperBound.text(digits: 3))")
      ]
    }
    return [value, .init("From", "\(suggestion.strategy.name) \(suggestion.strategy.version)")]
      + (interval ?? [])
      + [.init("Reason", suggestion.rate.reason), .init("Range test", suggestion.curve)]
      + suggestion.rate.warnings.map { .init("Warning", $0) }
  }

  private var provenance: [ReportContent.Fact] {
    Surroundings.labels(plan.training.execution).map {
      .init(TaskLabelText.name($0.name), TaskLabelText.text($0.value))
    }
  }

  // MARK: Classification

  private func classification(_ classified: TrainOutcome.Classified?, worst: Int)
    -> TrainingContent.Classification
  {
    switch classified {
    case .result(let result):
      .result(result, worst: result.worst(worst).map { WorstPictures(samples: task.data.validation)[$0] })
    case .nothing(let reason): .nothing(reason: reason)
    case nil: .nothing(reason: "Nobody asked how the held-out samples are classified.")
    }
  }
}
