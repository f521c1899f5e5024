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
  /// Of how many range tests the answers cost little.
  public var good: Int
  /// Where the features of those lay: of all families first, then with one left out, in the order of ``families``.
  public var coverages: [Coverage]

  /// Collects a trial.
  public init(families: [String], tasks: Int, rangeTests: Int, good: Int, coverages: [Coverage]) {
    self.families = families
    self.tasks = tasks
    self.rangeTests = rangeTests
    self.good = good
    self.coverages = coverages
  }

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
    /// Its lowest and highest value.
    public var lowest, highest: Double

    /// Collects a range.
    public init(feature: CurveFeature, lowest: Double, highest: Double) {
      self.feature = feature
      self.lowest = lowest
      self.highest = highest
    }
  }

  /// The coverage without a family; nil asks for that of all, which is right too for a family that was not tried.
  func coverage(leavingOut family: String?) -> Coverage? {
    let leftOut = family.flatMap { families.contains($0) ? $0 : nil }
    return coverages.first { $0.leftOut == leftOut }
  }
}

extension RateModel {
  /// Refuses curves of fine-tuned networks that are unlike those on which the answers were good.
  ///
  /// - Throws: ``Abstention``, also where nothing of the kind was tried.
  func checkFineTuning(_ features: CurveFeatures, leavingOut family: String?) throws(Abstention) {
    guard let coverage = fineTuning?.coverage(leavingOut: family) else {
      throw Abstention(.other, "its answers were not tried on fine-tuning: ask min10 or fastai-valley")
    }
    for range in coverage.ranges {
      guard let value = features[range.feature] else {
        throw Abstention(
          .other,
          "of fine-tuning it was tried with recorded gradients and weights alone, which this curve lacks: ask min10 or fastai-valley"
        )
      }
      let known = LearnedRange(lowest: range.lowest, highest: range.highest)
      guard !known.isNear(value) else { continue }
      throw Abstention(
        .other,
        "the curve is unlike those of the fine-tuned networks on which it was right: "
          + known.comparison(of: range.feature, value) + ": ask min10 or fastai-valley")
    }
  }
}
