internal import Glibc

extension Schedule.Piece {
  /// The value at `t`, from 0 at the piece's begin to 1 at its end.
  func value(at t: Double) -> Double {
    switch shape {
    case .linear: start + t * (end - start)
    case .exponential: start * pow(end / start, t)
    case .cosine: start + (1 - cos(.pi * t)) / 2 * (end - start)
    }
  }
}

extension Schedule {
  /// The same value throughout.
  public static func constant(_ value: Double) -> Schedule {
    Schedule([Piece(share: 1, .linear, from: value, to: value)])
  }

  /// Linear from `start` to `end`.
  public static func linear(from start: Double, to end: Double) -> Schedule {
    Schedule([Piece(share: 1, .linear, from: start, to: end)])
  }

  /// By equal factors from `start` to `end`, both of one sign: the schedule of a range test.
  public static func exponential(from start: Double, to end: Double) -> Schedule {
    Schedule([Piece(share: 1, .exponential, from: start, to: end)])
  }

  /// Linear from `start` to `peak` during the share `warmUp`, then half a cosine to `end`.
  ///
  /// Source: I. Loshchilov, F. Hutter, "SGDR", ICLR 2017, without restarts; the warm-up of P. Goyal et al., "Accurate,
  /// Large Minibatch SGD", 2017 (arXiv 1706.02677).
  ///
  /// - Parameters:
  ///   - peak: the largest value.
  ///   - end: the value after the last step.
  ///   - warmUp: the share of the training in 0...1; 0 begins at the peak.
  ///   - start: the value of the first step of a warm-up.
  public static func cosine(peak: Double, end: Double = 0, warmUp: Double = 0, start: Double = 0) -> Schedule
  {
    Schedule([
      Piece(share: warmUp, .linear, from: start, to: peak),
      Piece(share: 1 - warmUp, .cosine, from: peak, to: end),
    ])
  }

  /// fastai's one-cycle learning rate: a cosine up from peak / divisor, and one down to peak / finalDivisor.
  ///
  /// Source: L. N. Smith, N. Topin, "Super-Convergence", 2017 (arXiv 1708.07120); form and defaults of fastai 2.8.12's
  /// `fit_one_cycle`.
  public static func oneCycle(
    peak: Double, divisor: Double = 25, finalDivisor: Double = 1e5, rise: Double = 0.25
  ) -> Schedule {
    Schedule([
      Piece(share: rise, .cosine, from: peak / divisor, to: peak),
      Piece(share: 1 - rise, .cosine, from: peak, to: peak / finalDivisor),
    ])
  }

  /// The momentum of fastai's one-cycle training: low while the learning rate is high.
  public static func oneCycleMomentum(
    start: Double = 0.95, low: Double = 0.85, end: Double = 0.95, rise: Double = 0.25
  ) -> Schedule {
    Schedule([
      Piece(share: rise, .cosine, from: start, to: low),
      Piece(share: 1 - rise, .cosine, from: low, to: end),
    ])
  }

  /// `peak` for the share `flat` of the training, then half a cosine to peak / finalDivisor.
  ///
  /// Form and defaults of fastai 2.8.12's `fit_flat_cos`.
  public static func flatThenCosine(
    peak: Double, finalDivisor: Double = 1e5, flat: Double = 0.75
  ) -> Schedule {
    Schedule([
      Piece(share: flat, .linear, from: peak, to: peak),
      Piece(share: 1 - flat, .cosine, from: peak, to: peak / finalDivisor),
    ])
  }

  /// `start`, multiplied by `factor` at each of the rising `milestones` in 0...1.
  public static func step(from start: Double, factor: Double = 0.1, milestones: [Double]) -> Schedule {
    var pieces: [Piece] = []
    var value = start
    for (begin, end) in zip([0] + milestones, milestones + [1]) {
      precondition(begin <= end, "the milestones of a step schedule rise within 0...1")
      pieces.append(Piece(share: end - begin, .linear, from: value, to: value))
      value *= factor
    }
    return Schedule(pieces)
  }
}

extension Schedule {
  /// This schedule after a linear rise from `start` to its first value; both share the training.
  ///
  /// Source: P. Goyal et al., "Accurate, Large Minibatch SGD", 2017 (arXiv 1706.02677).
  ///
  /// - Parameters:
  ///   - share: the share of the training that the rise takes, in 0..<1; 0 changes nothing.
  ///   - start: the value of the first step.
  public func warmedUp(during share: Double, from start: Double = 0) -> Schedule {
    precondition((0..<1).contains(share), "a warm-up takes a share of the training in 0..<1, not \(share)")
    let rise = Piece(share: share, .linear, from: start, to: pieces[0].start)
    return Schedule(
      [rise]
        + pieces.map { Piece(share: $0.share * (1 - share), $0.shape, from: $0.start, to: $0.end) })
  }
}
