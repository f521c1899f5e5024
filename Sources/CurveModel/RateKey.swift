internal import Glibc

/// A learning rate as runs are told apart by: log10 of the rate, rounded to 1e-4.
///
/// Rates that differ by less than 0.01 % are one training.
public struct RateKey: Hashable, Sendable, Comparable {
  /// log10 of the rate, in units of 1e-4.
  public let value: Int

  /// How many keys make a decade.
  public static let perDecade = 10_000

  /// The key of a value in units of 1e-4 of log10.
  public init(value: Int) { self.value = value }

  /// The key of a positive, finite rate.
  public init(_ learningRate: Double) {
    precondition(learningRate > 0 && learningRate.isFinite, "a rate is positive and finite")
    value = Int((Glibc.log10(learningRate) * Double(Self.perDecade)).rounded())
  }

  /// log10 of the rate.
  public var log10: Double { Double(value) / Double(Self.perDecade) }

  /// The rate that is trained: 10^(value/10000).
  public var learningRate: Double { pow(10, Double(value) / Double(Self.perDecade)) }

  /// By the rate.
  public static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}
