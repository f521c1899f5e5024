internal import Glibc
public import LearnedStrategy
internal import Scoring
internal import StrategyKit

/// Learns a ``RateModel`` from outcomes.
///
/// What is an input was chosen on the shipped outcomes by leaving out families of data sets (`docs/learning.md` has the numbers).
public enum RateLearning {
  /// The inputs of the two readings, the richer first.
  public static let readings: [(name: String, inputs: [RateModel.Quantity])] = [
    ("whole-recording", situation.filter { $0 != .isSGD } + wholeRecording.map { .feature($0) }),
    ("losses-alone", situation + lossesAlone.map { .feature($0) }),
  ]

  private static let situation: [RateModel.Quantity] = [.isSGD, .isRMSProp, .isPeak, .trainingSteps]
  private static let wholeRecording: [CurveFeature] = [
    .density, .fall25, .fall50, .fall75, .fall90, .lateness, .distance1, .distance10, .gradientTail,
    .gradientSpread, .promise,
  ]
  private static let lossesAlone: [CurveFeature] = [
    .density, .blowUp, .clearness, .wideFall25, .wideSteepest,
  ]

  /// Leaving one out must leave two.
  static let fewestFamilies = 3
  /// The blur of the regret, in decades.
  static let blur = 0.2
  /// Rates whose regret is so much above the lowest are as good.
  static let goodRegret = 0.03
  /// By how much the mean regret may rise within the interval of an answer.
  static let intervalRegret = 0.01

  /// Learns the fit of all families, and those with one left out, from networks that begin with random weights; tries it
  /// on those that begin with trained ones.
  ///
  /// - Throws: ``LearningError`` where there is too little to learn from.
  public static func model(from table: ExampleTable) throws(LearningError) -> RateModel {
    let ordinary = table.part(fineTuning: false)
    guard table.tasks.isEmpty || !ordinary.tasks.isEmpty else {
      throw .trainedWeightsAlone(table.tasks.count)
    }
    var model = try model(from: ordinary, readings, leavingOut: [nil] + ordinary.families.map(Optional.some))
    model.fineTuning = FineTuningTrial(model, on: table.part(fineTuning: true))
    return model
  }

  /// Learns fits by these readings, each with one of the families left out; nil leaves out none.
  static func model(
    from table: ExampleTable, _ readings: [(name: String, inputs: [RateModel.Quantity])],
    leavingOut leftOut: [String?]
  ) throws(LearningError) -> RateModel {
    let families = table.families
    guard families.count >= fewestFamilies else { throw .tooFewFamilies(families.count, of: nil) }
    let blurred = table.tasks.map { RegretTable($0.regret, blur: blur) }
    var found: [RateModel.Reading] = []
    var failure: LearningError?
    // Recordings of losses alone teach the second reading only: a reading that nothing is known for is left out.
    for reading in readings {
      do throws(LearningError) {
        let samples = try FitSamples(table, reading, blurred)
        found.append(.init(name: reading.name, fits: leftOut.map { samples.fit(leavingOut: $0) }))
      } catch {
        failure = error
      }
    }
    if let failure, found.isEmpty { throw failure }
    return RateModel(
      readings: found, families: families, tasks: table.tasks.count, rangeTests: table.rangeTests.count)
  }
}

/// Why nothing can be learned.
public enum LearningError: Error, Equatable, CustomStringConvertible {
  /// Leaving one out would leave too little.
  case tooFewFamilies(Int, of: String?)
  /// Halves would be too little to learn from.
  case tooFewToHalve(Int)
  /// All tasks begin with trained weights.
  case trainedWeightsAlone(Int)
  /// No task was trained by an optimizer that the strategy knows.
  case noKnownOptimizer
  /// No range test has all features of a reading.
  case noRangeTest(reading: String)

  /// One sentence.
  public var description: String {
    switch self {
    case .tooFewFamilies(let count, let which):
      "there are informative tasks of \(count) families of data sets\(which.map { " \($0)" } ?? ""): "
        + "at least \(RateLearning.fewestFamilies) are needed to learn from"
    case .tooFewToHalve(let count):
      "\(count) families of data sets are too few to halve: \(2 * RateLearning.fewestFamilies) are needed"
    case .trainedWeightsAlone(let count):
      "all \(count) informative tasks begin with trained weights, and learning needs random ones: "
        + "name such a store too, as datasets/outcomes/standard"
    case .noKnownOptimizer:
      "no informative task was trained by an optimizer that can be learned about: "
        + (LearnedStrategy.descriptor.optimizers ?? []).joined(separator: ", ")
    case .noRangeTest(let reading): "no range test has what the reading \(reading) needs"
    }
  }
}
