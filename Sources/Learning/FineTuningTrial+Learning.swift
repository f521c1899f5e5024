internal import Glibc
internal import LearnedStrategy
internal import Scoring
internal import StrategyKit

extension FineTuningTrial {
  /// The features that tell where the answers are right.
  ///
  /// On a large pretrained network a batch's gradient promises ten times the fall that then comes true, where small ones keep
  /// their promise to a half. Watching all inputs instead was tried: then it abstains on two range tests of five of a family
  /// that was left out, which cost more than any answer to them.
  private static let watched: [CurveFeature] = [.promise]

  /// What an answer may cost that counts as good, in mean normalised regret.
  static let goodRegret = 0.05

  /// Tries a model that learned from random weights on curves of trained ones, each family by the fit without it.
  ///
  /// Nil where there are fewer than ``RateLearning/fewestFamilies`` families of them, or no answer is good.
  ///
  /// - Parameters:
  ///   - model: What was learned.
  ///   - table: Tasks that begin with trained weights.
  init?(_ model: RateModel, on table: ExampleTable) {
    guard table.families.count >= RateLearning.fewestFamilies else { return nil }
    let good = table.rangeTests.filter { Self.isGood($0, model, table) }
    guard !good.isEmpty else { return nil }
    self.init(
      families: table.families, tasks: table.tasks.count, rangeTests: table.rangeTests.count,
      good: good.count,
      coverages: ([nil] + table.families.map(Optional.some)).map { family in
        Coverage(
          leftOut: family,
          ranges: Self.ranges(
            good.filter { table.tasks[$0.task].description.family != family }.map(\.features)))
      })
  }

  /// Whether the whole recording is there and the answer costs little, read off the grid.
  private static func isGood(_ test: ExampleTable.RangeTest, _ model: RateModel, _ table: ExampleTable)
    -> Bool
  {
    let task = table.tasks[test.task]
    guard let (reading, fit) = model.fit(for: test.features, leavingOut: task.description.family),
      reading == model.readings.first?.name, let situation = try? Situation(test.context),
      let rate = try? RatePrediction(fit, test.features, situation).log10Rate
    else { return false }
    return RegretTable.regret(of: task.regret, at: rate) <= goodRegret
  }

  private static func ranges(_ curves: [CurveFeatures]) -> [Range] {
    watched.compactMap { feature in
      let values = curves.compactMap { $0[feature] }
      guard let lowest = values.min(), let highest = values.max() else { return nil }
      return Range(feature: feature, lowest: lowest, highest: highest)
    }
  }
}
