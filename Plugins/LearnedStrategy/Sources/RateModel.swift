public import StrategyKit

/// How `learned` turns a curve's features into a rate: a sum of weighted features, fitted so that the regret of training
/// at its answers is smallest.
///
///     log10 rate = intercept + Σ coefficient · input
///
/// A line rather than trees: on the shipped outcomes, with a family of data sets left out at a time, it had the lowest regret
/// of what was tried (`docs/learning.md` has the table), and every answer can be checked by hand.
public struct RateModel: Sendable, Equatable {
  /// The same for the whole recording, and for losses alone.
  public var readings: [Reading]
  /// The families of data sets whose outcomes it has seen, sorted.
  public var families: [String]
  /// How many tasks and range tests those are.
  public var tasks, rangeTests: Int
  /// The fine-tuned networks on which its answers were tried; nil where they were not.
  public var fineTuning: FineTuningTrial?

  /// Collects a model.
  public init(
    readings: [Reading], families: [String], tasks: Int, rangeTests: Int, fineTuning: FineTuningTrial? = nil
  ) {
    self.readings = readings
    self.families = families
    self.tasks = tasks
    self.rangeTests = rangeTests
    self.fineTuning = fineTuning
  }

  /// A model for curves that tell so much.
  public struct Reading: Sendable, Equatable {
    /// `whole-recording`, or `losses-alone`.
    public var name: String
    /// The fit that saw all families first, then those with one left out, in the order of ``RateModel/families``.
    public var fits: [Fit]

    /// Collects fits.
    public init(name: String, fits: [Fit]) {
      self.name = name
      self.fits = fits
    }
  }

  /// Constants that were fitted without one family, or on all.
  public struct Fit: Sendable, Equatable {
    /// The family that was left out; nil where none was.
    public var leftOut: String?
    /// log10 of the rate where all inputs are 0.
    public var intercept: Double
    /// The inputs with their weights.
    public var inputs: [Input]
    /// How far below and above its answers a rate was on average as good, in decades: negative and positive.
    public var below, above: Double

    /// Collects constants.
    public init(leftOut: String?, intercept: Double, inputs: [Input], below: Double, above: Double) {
      self.leftOut = leftOut
      self.intercept = intercept
      self.inputs = inputs
      self.below = below
      self.above = above
    }
  }

  /// A number that the rate depends on.
  public struct Input: Sendable, Equatable {
    /// What it is.
    public var quantity: Quantity
    /// Decades of rate for each unit of it.
    public var coefficient: Double
    /// Its mean over the curves that were learned from.
    public var mean: Double
    /// Its lowest and highest value there.
    public var lowest, highest: Double

    /// Collects an input.
    public init(quantity: Quantity, coefficient: Double, mean: Double, lowest: Double, highest: Double) {
      self.quantity = quantity
      self.coefficient = coefficient
      self.mean = mean
      self.lowest = lowest
      self.highest = highest
    }
  }

  /// What can be an input.
  public enum Quantity: Sendable, Hashable {
    /// A feature of the curve.
    case feature(CurveFeature)
    /// 1 for SGD, else 0.
    case isSGD
    /// 1 for RMSProp, else 0.
    case isRMSProp
    /// 1 where the rate is the peak of a schedule, 0 where it stays constant.
    case isPeak
    /// log10 of the steps of the training.
    case trainingSteps
  }

  /// The fit for a curve.
  ///
  /// - Parameters:
  ///   - features: What the curve tells.
  ///   - family: The family that must not have been seen; nil for none. One that was never seen is no matter.
  /// - Returns: The fit of the first reading all of whose features the curve has; nil where it has too few.
  public func fit(for features: CurveFeatures, leavingOut family: String?) -> (reading: String, fit: Fit)? {
    for reading in readings {
      let leftOut = family.flatMap { families.contains($0) ? $0 : nil }
      guard let fit = reading.fits.first(where: { $0.leftOut == leftOut }) else { continue }
      let isComplete = fit.inputs.allSatisfy { input in
        if case .feature(let feature) = input.quantity { features[feature] != nil } else { true }
      }
      if isComplete { return (reading.name, fit) }
    }
    return nil
  }
}
