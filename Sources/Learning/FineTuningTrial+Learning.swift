internal import Glibc
internal import LearnedStrategy
internal import Scoring
internal import StrategyKit

extension FineTuningTrial {
  /// The features that tell where the answers are right.
  ///
  /// On a large pretrained network a batch's gradient promises five to thirty times the fall that then comes true, where small ones keep
  /// their promise to a half. Watching all inputs instead was tried: then it abstains on two range tests of five of a family
  /// that was left out, which cost more than any answer to them.
  private static let watched: [CurveFeature] = [.promise]

  /// What an answer may cost that counts as good, in mean normalised regret.
  static let goodRegret = 0.05

  /// Tries a model that learned from random weights on curves of trained ones, each family by the fit without it.
  ///
  /// Nil where there are fewer than ``RateLearning/fewestFamilies`` families of them, or no answer to a whole recording is good.
  ///
  /// - Parameters:
  ///   - model: What was learned.
  ///   - table: Tasks that begin with trained weights.
  init?(_ model: RateModel, on table: ExampleTable) {
    guard table.families.count >= RateLearning.fewestFamilies else { return nil }
    let good = table.rangeTests.filter { Self.isGood($0, model, table) }
    let coverages = ([nil] + table.families.map(Optional.some)).compactMap { family in
      Self.ranges(good.filter { table.tasks[$0.task].description.family != family }.map(\.features)).map {
        Coverage(leftOut: family, ranges: $0)
      }
    }
    guard !coverages.isEmpty else { return nil }
    self.init(
      families: table.families, tasks: table.tasks.count, rangeTests: table.rangeTests.count,
      good: good.count, coverages: coverages)
  }

  /// Whether there is an answer by the whole recording that costs little, read off the grid.
  private static func isGood(_ test: ExampleTable.RangeTest, _ model: RateModel, _ table: ExampleTable)
    -> Bool
  {
    let task = table.tasks[test.task]
    let family = task.description.family
    // As for random weights, whose answers they are: fine-tuning would ask for this very trial.
    var context = test.context
    context.use = .peak
    guard model.fit(for: test.features, leavingOut: family)?.reading == reading,
      let answer = try? LearnedStrategy.rate(
        for: test.features, of: test.descent, in: context, by: model, leavingOut: family)
    else { return false }
    return RegretTable.regret(of: task.regret, at: log10(answer.learningRate)) <= goodRegret
  }

  /// The ranges of what is watched; nil where no curve tells all of it.
  private static func ranges(_ curves: [CurveFeatures]) -> [Range]? {
    var ranges: [Range] = []
    for feature in watched {
      let values = curves.compactMap { $0[feature] }
      guard let lowest = values.min(), let highest = values.max() else { return nil }
      ranges.append(Range(feature: feature, lowest: lowest, highest: highest))
    }
    return ranges
  }
}
