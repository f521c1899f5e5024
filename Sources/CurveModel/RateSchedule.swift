import Glibc

/// How a range test raises the learning rate from step to step.
public struct RateSchedule: Sendable, Equatable {
  /// The form of the rise.
  public enum Shape: String, Sendable, CaseIterable {
    /// The same factor every step: equal distances on a logarithmic axis.
    case exponential
    /// The same difference every step.
    case linear
  }

  /// The form of the rise.
  public let shape: Shape
  /// The rate of step 0; positive.
  public let start: Double
  /// The rate that step `steps` would have; greater than `start`, approached and never applied.
  public let end: Double
  /// The number of steps; at least 1.
  public let steps: Int

  /// Makes a schedule.
  ///
  /// - Throws: ``CurveError/badSchedule(_:)`` unless 0 < start < end, both finite, and steps ≥ 1.
  public init(shape: Shape = .exponential, start: Double, end: Double, steps: Int) throws(CurveError) {
    guard start > 0, start.isFinite else {
      throw .badSchedule("the start rate \(start) is not a positive number")
    }
    guard end > start, end.isFinite else {
      throw .badSchedule("the end rate \(end) is not a number above the start rate \(start)")
    }
    guard steps >= 1 else { throw .badSchedule("a range test of \(steps) steps has no points") }
    self.shape = shape
    self.start = start
    self.end = end
    self.steps = steps
  }

  /// The rate applied in step `index`, counted from 0.
  ///
  /// Exponential: start·(end/start)^(index/steps), the formula of fastai 2.8 (`fastai/callback/schedule.py`,
  /// `SchedExp`), in which the end is never reached. Linear: start + (end − start)·index/steps, likewise.
  public func rate(at index: Int) -> Double {
    let progress = Double(index) / Double(steps)
    return switch shape {
    case .exponential: start * pow(end / start, progress)
    case .linear: start + (end - start) * progress
    }
  }
}
