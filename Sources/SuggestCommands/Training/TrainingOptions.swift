import ArgumentParser
import CurveModel
import DatasetKit
import ModelZoo
import TrainingEngine

/// What to train, as typed; shared by every command that trains.
struct TrainingOptions: ParsableArguments {
  @Option(
    help:
      "The data set: \(Dataset.names.joined(separator: ", ")); or a folder of photographs, such as ./pets.")
  var dataset: String

  @OptionGroup var photographs: PhotographInputOptions

  @Option(help: "The model: \(ModelSpecification.forms.joined(separator: ", ")), or other sizes.")
  var model = "mlp"

  @Option(help: "The optimizer: \(OptimizerConfiguration.families.joined(separator: ", ")).")
  var optimizer = "sgd"

  @Option(
    help: """
      The momentum of sgd, mechanic-sgd or schedule-free-sgd (default: 0.9), rmsprop or dadapt-sgd (default: 0).
      """)
  var momentum: Double?

  @Option(
    help: """
      The weight decay: of adamw, lamb, lion, fastai-adam, prodigy, mechanic-adamw and schedule-free-adamw decoupled \
      from the gradient, of the others added to it. (default: 0.01 of adamw, fastai-adam and mechanic-adamw, else 0)
      """)
  var weightDecay: Double?

  @Option(help: "The samples of one step.")
  var batchSize = 64

  @Option(help: "How many batches a step accumulates before it updates the weights.")
  var accumulate = 1

  @Option(help: "The share of each target that is spread evenly over all classes.")
  var labelSmoothing = 0.0

  @Option(
    help: ArgumentHelp(
      "The longest gradient (2-norm) a step uses; longer ones are scaled down. (default: any)",
      valueName: "norm"))
  var clipNorm: Double?

  @Option(
    help: ArgumentHelp(
      """
      The folder of data sets. (default: SUGGEST_DATA, the package's datasets, what suggest data fetch got, \
      /usr/share/datasets)
      """,
      valueName: "folder"))
  var data: String?

  /// The validated task.
  ///
  /// - Throws: ``UsageError``, `ModelZooError` or `TrainingEngineError`.
  func plan(_ weights: WeightOptions, _ execution: ExecutionOptions) throws -> TrainingPlan {
    try photographs.check(dataset: dataset)
    let dataLoss = Dataset.isFolder(dataset) ? Loss.crossEntropy : try Dataset.entry(named: dataset).loss
    guard batchSize >= 1 else { throw UsageError("--batch-size \(batchSize): it must be at least 1") }
    if let weightDecay, !(weightDecay >= 0 && weightDecay.isFinite) {
      throw UsageError("--weight-decay \(weightDecay): it must be 0 or a positive number")
    }
    if let momentum, !(0..<1).contains(momentum) {
      throw UsageError("--momentum \(momentum): it must be at least 0 and below 1")
    }
    guard (1...Self.mostAccumulated).contains(accumulate) else {
      throw UsageError("--accumulate \(accumulate): it must be 1 to \(Self.mostAccumulated)")
    }
    guard (0..<1).contains(labelSmoothing) else {
      throw UsageError("--label-smoothing \(labelSmoothing): it must be at least 0 and below 1")
    }
    guard labelSmoothing == 0 || dataLoss == .crossEntropy else {
      throw UsageError("--label-smoothing \(labelSmoothing): \(dataset) has numbers as targets, not classes")
    }
    if let clipNorm, !(clipNorm > 0 && clipNorm.isFinite) {
      throw UsageError("--clip-norm \(clipNorm): it must be a positive number")
    }
    let specification = try ModelSpecification(parsing: model)
    return TrainingPlan(
      dataset: dataset, model: specification, optimizer: try configuration(), batchSize: batchSize,
      batchesPerStep: accumulate,
      loss: labelSmoothing > 0 ? .smoothedCrossEntropy(labelSmoothing: labelSmoothing) : dataLoss,
      largestGradientNorm: clipNorm, groups: try weights.groupPlan(), checkpoint: try weights.checkpoint(),
      execution: try execution.plan(), dataFolder: data,
      photographs: try Dataset.isPhotographs(dataset)
        ? photographs.options(scaling: specification.architecture.normalization) : nil)
  }

  /// The batches of a step are in memory together.
  private static let mostAccumulated = 1000

  private func configuration() throws -> OptimizerConfiguration {
    let standard = try OptimizerConfiguration(parsing: optimizer)
    if momentum != nil, !Self.familiesWithMomentum.contains(standard.family) {
      throw UsageError(
        "--momentum is for \(Self.familiesWithMomentum.joined(separator: ", ")); \(standard.family) takes none"
      )
    }
    return standard.replacing(momentum: momentum, weightDecay: weightDecay)
  }

  /// The optimizers whose momentum can be typed; those that average the gradient keep to their defaults.
  private static let familiesWithMomentum = [
    "sgd", "rmsprop", "dadapt-sgd", "mechanic-sgd", "schedule-free-sgd",
  ]
}
