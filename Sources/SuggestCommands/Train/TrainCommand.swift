import ArgumentParser
import CurveModel
import StrategyRegistry

/// `suggest train`: trains for real, at a rate or at what a strategy suggests.
struct TrainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a model, at a learning rate or at the one a strategy suggests.",
    discussion: """
        suggest train --dataset digits --lr 0.1
        suggest train --dataset fashion-mnist --model cnn --optimizer adam --lr steepest \\
          --schedule one-cycle --epochs 3 --save cnn.safetensors

      With a strategy's name, --lr first records the range test that suggest record would record of the same task and \
      seed, puts everything back, and trains at the suggestion.

      A loss that is no number ends the training: that is a result, and the exit code is 3, as where the strategy \
      abstains. Ctrl-C ends it after the step at hand and keeps the weights.

      With --format json the result is one line, an outcome as suggest's own files hold them.
      """)

  @OptionGroup var training: TrainingOptions

  @Option(
    help: ArgumentHelp(
      "The learning rate, or the strategy that is to suggest it; the peak where the schedule has one.",
      valueName: "rate or strategy"))
  var lr: String

  @Option(
    help: ArgumentHelp(
      "A parameter of the strategy, as in steepest.bandwidth=0.3; may be repeated.",
      valueName: "name.key=value"))
  var set: [String] = []

  @OptionGroup var schedule: ScheduleOptions

  @Option(help: "How many times to visit the training samples. (default: \(Self.standardEpochs))")
  var epochs: Int?

  @Option(help: "How many steps to train, in place of --epochs.")
  var steps: Int?

  @Option(
    help: ArgumentHelp("The steps from one evaluation to the next. (default: an epoch)", valueName: "steps"))
  var evaluateEvery: Int?

  @Option(help: "The seed of initial weights, data order and dropout.")
  var seed: UInt64 = 0

  @Option(help: "The form of the output: text or json.")
  var format: TrainFormat = .text

  @OptionGroup var store: StoreOptions

  func run() async throws {
    let console = Console.current
    try TrainRun(plan: plan(console), console: console).run()
  }

  /// The validated training; nothing has been read or written yet.
  func plan(_ console: Console) throws -> TrainPlan {
    let training = try training.plan()
    let schedule = try schedule.plan()
    if self.training.momentum != nil, schedule.momentum(of: training.optimizer) != nil {
      throw UsageError("--momentum does not go with --schedule one-cycle, which moves the momentum itself")
    }
    if let evaluateEvery, evaluateEvery < 1 {
      throw UsageError("--evaluate-every \(evaluateEvery): it must be at least 1")
    }
    return TrainPlan(
      training: training, rate: try rate(), schedule: schedule, length: try length(),
      evaluateEvery: evaluateEvery, seed: seed, save: nil, format: format,
      test: try .standard(), store: store.resolved(console))
  }

  private func rate() throws -> TrainPlan.Rate {
    guard let number = Double(lr) else {
      guard lr.first?.isLetter == true else {
        throw UsageError("--lr \(lr): it is no number and no strategy's name; see `suggest strategies`")
      }
      return .suggested(by: try StrategyOptions.chosen([lr], set: set)[0])
    }
    guard number > 0, number.isFinite else {
      throw UsageError("--lr \(lr): it must be a positive number, or the name of a strategy")
    }
    if let text = set.first { throw UsageError("--set \(text): --lr \(lr) asks no strategy") }
    return .value(number)
  }

  private func length() throws -> TrainPlan.Length {
    switch (epochs, steps) {
    case (nil, nil): return .epochs(Self.standardEpochs)
    case (let epochs?, nil):
      guard (1...Self.mostEpochs).contains(epochs) else {
        throw UsageError("--epochs \(epochs): it must be 1 to \(Self.mostEpochs)")
      }
      return .epochs(epochs)
    case (nil, let steps?):
      guard (1...Self.mostSteps).contains(steps) else {
        throw UsageError("--steps \(steps): it must be 1 to \(Self.mostSteps)")
      }
      return .steps(steps)
    case (_?, _?): throw UsageError("--epochs and --steps both say how long to train: give one")
    }
  }

  private static let standardEpochs = 10
  private static let mostEpochs = 1_000_000
  private static let mostSteps = 1_000_000_000
}
