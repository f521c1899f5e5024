import CurveModel
public import StrategyKit

/// On which curves of trained networks the answers of a ``RateModel`` were good, though it learned from random weights alone.
///
/// On some pretrained networks they are ten times too high, and the curves show it (`docs/learning.md`). So it answers for
/// fine-tuning only where a curve is like those on which its answers were tried and cost little.
public struct FineTuningTrial: Sendable, Equatable {
  /// The families of data sets that networks were fine-tuned on, sorted.
  public var families: [String]
  /// How many tasks and range tests those are.
  public var tasks, rangeTests: Int
  /// Of how many range tests there was an answer that cost little; the others cost more, or had none.
  public var good: Int
  /// Where the features of those lay: of all families first, then without each that leaves any.
  ///
  /// An answer is judged by the fit without its own family, which saw the others: what is left out is the family's curves,
  /// not every trace of it.
  public var coverages: [Coverage]

  /// Collects a trial.
  public init(families: [String], tasks: Int, rangeTests: Int, good: Int, coverages: [Coverage]) {
    self.families = families
    self.tasks = tasks
    self.rangeTests = rangeTests
    self.good = good
    self.coverages = coverages
  }

  /// The reading that was tried.
  public static let reading = "whole-recording"

  /// The features of the curves on which answers were good.
  public struct Coverage: Sendable, Equatable {
    /// The family that was left out; nil where none was.
    public var leftOut: String?
    /// Feature by feature.
    public var ranges: [Range]

    /// Collects ranges.
    public init(leftOut: String?, ranges: [Range]) {
      self.leftOut = leftOut
      self.ranges = ranges
    }
  }

  /// The values of a feature.
  public struct Range: Sendable, Equatable {
    /// Which feature.
    public var feature: CurveFeature
    /// Its lowest and highest value, in the feature's unit.
    public var lowest, highest: Double

    /// Collects a range.
    public init(feature: CurveFeature, lowest: Double, highest: Double) {
      self.feature = feature
      self.lowest = lowest
      self.highest = highest
    }
  }

  /// The coverage without a family; nil asks for that of all, as does a family that nothing was fine-tuned on.
  func coverage(leavingOut family: String?) -> Coverage? {
    let leftOut = family.flatMap { families.contains($0) ? $0 : nil }
    return coverages.first { $0.leftOut == leftOut }
  }
}

extension RateModel {
  /// What a reason of fine-tuning ends with.
  var trialInWords: String {
    fineTuning.map {
      " from random weights, right on \($0.good) of \($0.rangeTests) range tests of fine-tuned networks"
    } ?? ""
  }

  // Measured (docs/learning.md).
  private static let advice =
    ": on a large pretrained network the usual 1e-3 of adam and 1e-2 of sgd cost less than any rule"

  /// Refuses curves of fine-tuned networks that are unlike those on which the answers were good.
  ///
  /// - Throws: ``Abstention``, also where nothing of the kind was tried.
  func checkFineTuning(
    _ features: CurveFeatures, by reading: String, leavingOut family: String?
  ) throws(Abstention) {
    guard let coverage = fineTuning?.coverage(leavingOut: family) else {
      throw Abstention(.other, "its answers were not tried on fine-tuning" + Self.advice)
    }
    let lacking = Abstention(
      .other,
      "of fine-tuning it was tried with recorded gradients and weights alone, which this curve lacks"
        + Self.advice
    )
    guard reading == FineTuningTrial.reading else { throw lacking }
    for range in coverage.ranges {
      guard let value = features[range.feature] else { throw lacking }
      let known = LearnedRange(lowest: range.lowest, highest: range.highest)
      guard !known.isNear(value) else { continue }
      throw Abstention(
        .other,
        "the curve is unlike those of the fine-tuned networks on which it was right: "
          + known.comparison(of: range.feature, value) + Self.advice)
    }
  }
}
