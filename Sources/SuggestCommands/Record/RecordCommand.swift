import ArgumentParser
import CurveModel
import RangeTest
import Reporting

/// `suggest record`: trains while the rate rises, stores the curve, prints every suggestion.
struct RecordCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Record a learning-rate range test of a real training.",
    discussion: """
      The curve goes into the store, with a picture beside it; the suggestions go to standard output.

        suggest record --dataset fashion-mnist --model cnn
        suggest record --dataset digits --optimizer adam --seeds 5
        suggest record --dataset digits --from mlp.safetensors --freeze body

      The stop rules: best ends once the smoothed loss exceeds four times its best (fastai's rule); rebound ends once \
      it exceeds its starting level by twice its fall, and also works for losses that are negative, or as small and \
      noisy as those of a trained network; none goes on to the last step. A loss that is no number always ends the test.
      """)

  enum Stop: String, ExpressibleByArgument, CaseIterable {
    case best, rebound, none

    var rule: StopRule {
      switch self {
      case .best: .standard
      case .rebound: .reboundTwice
      case .none: .never
      }
    }
  }

  enum Rise: String, ExpressibleByArgument, CaseIterable {
    case exponential, linear

    var shape: RateSchedule.Shape {
      switch self {
      case .exponential: .exponential
      case .linear: .linear
      }
    }
  }

  @OptionGroup(title: "The task") var training: TrainingOptions

  @OptionGroup(title: "Weights and parameter groups") var weights: WeightOptions

  @OptionGroup(title: "Execution") var execution: ExecutionOptions

  @Option(help: "The learning rate of the first step.")
  var start = RangeTest.standardRates.lowerBound

  @Option(help: "The learning rate that the test rises towards.")
  var end = RangeTest.standardRates.upperBound

  @Option(help: "The number of steps.")
  var numIt = RangeTest.standardSteps

  @Option(help: "How the rate rises: exponential or linear.")
  var schedule: Rise = .exponential

  @Option(help: "When to end early: best, rebound or none. (default: best; with --from rebound)")
  var stop: Stop?

  @Option(help: "The seed of initial weights and data order.")
  var seed: UInt64 = 0

  @Option(help: "How many seeds to record, from --seed on; several give the median and the spread.")
  var seeds = 1

  @Option(help: "How many held-out samples to evaluate at every step; 0 records no held-out loss.")
  var validationSamples = CurveRecorder.standardValidationSamples

  @OptionGroup var strategies: StrategyOptions

  @Option(help: "The form of the output: text or json.")
  var format: RecordFormat = .text

  @Option(
    help: ArgumentHelp(
      "Where to draw the curve: .svg, .png, .pdf or .gp. (default: the store)", valueName: "file"))
  var plot: String?

  @OptionGroup var store: StoreOptions

  func run() async throws {
    let console = Console.current
    let plan = try plan(console)
    try await RecordRun(plan: plan, console: console).run()
  }

  /// The validated run; nothing has been read or written yet.
  func plan(_ console: Console) throws -> RecordPlan {
    guard seeds >= 1, seeds <= Self.mostSeeds else {
      throw UsageError("--seeds \(seeds): it must be 1 to \(Self.mostSeeds)")
    }
    guard numIt <= Self.mostSteps else {
      throw UsageError("--num-it \(numIt): it must be at most \(Self.mostSteps)")
    }
    guard validationSamples >= 0 else {
      throw UsageError("--validation-samples \(validationSamples): it must not be negative")
    }
    if let plot { _ = try FigureFormat(path: plot) }
    guard seed <= UInt64.max - UInt64(seeds) else {
      throw UsageError("--seed \(seed) is too large for \(seeds) seeds")
    }
    let task = try training.plan(weights, execution)
    return RecordPlan(
      training: task,
      test: RangeTest(
        schedule: try RateSchedule(shape: schedule.shape, start: start, end: end, steps: numIt),
        stopRule: stop?.rule ?? .standard(from: task.checkpoint)),
      seeds: (0..<UInt64(seeds)).map { seed + $0 }, validationSamples: validationSamples,
      strategies: try strategies.chosen(), format: format, plot: plot, store: store.resolved(console))
  }

  private static let mostSeeds = 1000
  private static let mostSteps = 10_000_000
}

/// The forms in which `record` prints.
enum RecordFormat: String, ExpressibleByArgument, CaseIterable { case text, json }
