/// How the rate moves during a training, before the rate itself is known.
public struct SchedulePlan: Hashable, Sendable {
  /// The shape.
  public let kind: ScheduleKind
  /// The rate after the last step; nil takes the schedule's own.
  public let finalRate: Double?
  /// The share of the training in which the rate first rises from 0.
  public let warmUp: Double
  /// Where `step` divides the rate.
  public let milestones: [Double]

  /// Half and three quarters of the training.
  ///
  /// Source: the training on CIFAR-10 in section 4.2 of "Deep Residual Learning for Image Recognition", CVPR 2016.
  public static let standardMilestones = [0.5, 0.75]

  /// Describes a schedule; the parts that `kind` has no use for are ignored.
  public init(
    kind: ScheduleKind, finalRate: Double? = nil, warmUp: Double = 0,
    milestones: [Double] = SchedulePlan.standardMilestones
  ) {
    self.kind = kind
    self.finalRate = finalRate
    self.warmUp = warmUp
    self.milestones = milestones
  }

  /// How far an exponential schedule falls unless its end is given.
  private static let exponentialFall = 100.0

  /// The learning rate over the training, whose largest value is `rate` unless it ends above.
  public func learningRate(_ rate: Double) -> Schedule {
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
  public func momentum(of optimizer: OptimizerConfiguration) -> Schedule? {
    guard kind == .oneCycle, optimizer.hasMovableMomentum else { return nil }
    return .oneCycleMomentum()
  }

  /// The schedule's name, with its settings where they are not the schedule's own.
  public var description: String {
    let settings =
      (finalRate.map { ["finalRate: \($0)"] } ?? []) + (warmUp > 0 ? ["warmUp: \(warmUp)"] : [])
      + (kind == .step ? ["milestones: \(milestones)"] : [])
    return settings.isEmpty ? kind.rawValue : "\(kind.rawValue)(\(settings.joined(separator: ", ")))"
  }
}

/// The shapes of schedules that can be named.
public enum ScheduleKind: String, CaseIterable, Sendable {
  case constant, linear, exponential, cosine
  case oneCycle = "one-cycle"
  case flatCosine = "flat-cosine"
  case step

  /// Whether the rate after the last step can be chosen.
  public var hasFinalRate: Bool { self != .constant && self != .step }
}
