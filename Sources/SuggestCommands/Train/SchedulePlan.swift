import CurveModel
import StrategyKit
import TrainingEngine

/// How the rate moves during a training, before the rate itself is known.
struct SchedulePlan: Equatable, Sendable {
  let kind: ScheduleKind
  /// The rate after the last step; nil takes the schedule's own.
  let finalRate: Double?
  /// The share of the training in which the rate first rises from 0.
  let warmUp: Double
  /// Where `step` divides the rate.
  let milestones: [Double]

  /// Half and three quarters of the training.
  ///
  /// Source: the training on CIFAR-10 in section 4.2 of "Deep Residual Learning for Image Recognition", CVPR 2016.
  static let standardMilestones = [0.5, 0.75]
  /// How far an exponential schedule falls unless its end is given.
  private static let exponentialFall = 100.0

  /// The learning rate over the training, whose largest value is `rate` unless it ends above.
  func learningRate(_ rate: Double) -> Schedule {
    shape(rate).warmedUp(during: warmUp)
  }

  private func shape(_ rate: Double) -> Schedule {
    switch kind {
    case .constant: .constant(rate)
    case .linear: .linear(from: rate, to: finalRate ?? 0)
    case .exponential: .exponential(from: rate, to: finalRate ?? rate / Self.exponentialFall)
    case .cosine: .cosine(peak: rate, end: finalRate ?? 0)
    case .oneCycle: finalRate.map { .oneCycle(peak: rate, finalDivisor: rate / $0) } ?? .oneCycle(peak: rate)
    case .flatCosine:
      finalRate.map { .flatThenCosine(peak: rate, finalDivisor: rate / $0) } ?? .flatThenCosine(peak: rate)
    case .step: .step(from: rate, milestones: milestones)
    }
  }

  /// The momentum over the training; nil keeps the optimizer's own.
  ///
  /// One-cycle moves it against the rate, as fastai does, where the optimizer has one.
  func momentum(of optimizer: OptimizerConfiguration) -> Schedule? {
    guard kind == .oneCycle, let momentum = optimizer.momentum, momentum > 0 else { return nil }
    return .oneCycleMomentum()
  }

  /// What the rate is used for, in the words of strategies.
  var use: IntendedUse { kind == .constant ? .constant : .peak }

  /// The schedule's name, with its settings where they are not the schedule's own.
  var description: String {
    let settings =
      (finalRate.map { ["finalRate: \($0)"] } ?? []) + (warmUp > 0 ? ["warmUp: \(warmUp)"] : [])
      + (kind == .step ? ["milestones: \(milestones)"] : [])
    return settings.isEmpty ? kind.rawValue : "\(kind.rawValue)(\(settings.joined(separator: ", ")))"
  }
}
