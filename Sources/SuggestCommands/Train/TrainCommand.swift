import ArgumentParser
import CurveModel
import ModelZoo
import StrategyRegistry
import TrainingEngine

/// `suggest train`: trains for real, at a rate or at what a strategy suggests.
struct TrainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a model, at a learning rate or at the one a strategy suggests.",
    discussion: """
        suggest train --dataset digits --lr 0.1
        suggest train --dataset digits --optimizer prodigy
        suggest train --dataset digits --model cnn --lr steepest \\
          --schedule one-cycle --save cnn.safetensors
        suggest train --dataset digits --model cnn --lr 0.01 \\
          --from cnn.safetensors --freeze body
        suggest train --dataset digits --model cnn --lr 0.1 --epochs 5 \\
          --export curves.csv --export curves.svg --report training.html

      With a strategy's name, --lr first records the range test that suggest record would record of the same task and \
      seed, puts everything back, and trains at the suggestion.

      A loss that is no number ends the training: that is a result, and the exit code is 3, as where the strategy \
      abstains. Ctrl-C ends it after the step at hand and keeps the weights.

      Some optimizers find their rate themselves: \(selfTuning { !$0.needsRate }). --lr is 1 then unless it is typed, and \
      multiplies what they find, which is printed at the end. Some need a rate and no schedule: \
      \(selfTuning { $0.needsRate }). They are evaluated and saved at the average of their weights.

      With --format json the result is one line, an outcome as suggest's own files hold them. With --report it has the \
      confusion matrix and the worst-classified samples too, the matrix of at most \(ClassificationJSON.mostClasses) classes.

      --export writes a line a step: step, epoch, learning_rate, training_loss, and where the network was evaluated \
      validation_loss and error, a share of 1. Step 0 is the network before the training.
      """)

  private static func selfTuning(_ isWanted: (SelfTuning) -> Bool) -> String {
    SelfTuning.Method.allCases.filter { isWanted(SelfTuning($0)) }.map(\.rawValue).joined(separator: ", ")
  }

  @OptionGroup(title: "The task") var training: TrainingOptions

  @OptionGroup(title: "The learning rate") var rate: RateOptions

  @OptionGroup(title: "The length") var length: LengthOptions

  @OptionGroup(title: "Weights and parameter groups") var weights: WeightOptions

  @OptionGroup(title: "Execution") var execution: ExecutionOptions

  @Option(help: "The seed of initial weights, data order and dropout.")
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp(
      "Where to write the trained weights: .safetensors, with PyTorch's names and layouts.",
      valueName: "file"))
  var save: String?

  @OptionGroup(title: "What is written about it") var results: ResultOptions

  @Option(help: "The form of the output: text or json.")
  var format: TrainFormat = .text

  @OptionGroup var store: StoreOptions

  func run() async throws {
    let console = Console.current
    try await TrainRun(plan: plan(console), console: console).run()
  }

  /// The validated training; nothing has been read or written yet.
  func plan(_ console: Console) throws -> TrainPlan {
    let task = try training.plan(weights, execution)
    let course = try rate.schedule.plan()
    if training.momentum != nil, course.movesMomentum(of: task.optimizer) {
      throw UsageError(
        "--momentum does not go with --schedule \(rate.schedule.schedule.defaultValueDescription), which moves the "
          + "momentum itself")
    }
    if course.fineTuning != nil { try Self.checkFineTuning(task) }
    if let save, !save.hasSuffix(".safetensors") {
      throw UsageError("--save \(save): weights are written as safetensors; end the name in .safetensors")
    }
    return TrainPlan(
      training: task, rate: try rate.rate(of: task.optimizer), course: course, length: try length.plan(),
      evaluateEvery: length.evaluateEvery, seed: seed, save: save, format: format,
      test: try .standard(from: task.checkpoint), store: store.resolved(console),
      results: try results.plan(beside: save))
  }

  /// Fine-tuning begins with trained weights, freezes groups and gives them rates by itself.
  private static func checkFineTuning(_ task: TrainingPlan) throws {
    guard task.checkpoint != nil else {
      throw UsageError("--schedule fine-tune: without --from there are no trained weights to tune")
    }
    if let frozen = task.groups.frozen.first {
      throw UsageError(
        "--freeze \(frozen) does not go with --schedule fine-tune, which freezes all but the last group")
    }
    if let factor = task.groups.factors.first {
      throw UsageError(
        "--rate-factor \(factor.text) does not go with --schedule fine-tune, which has factors of its own")
    }
  }
}
