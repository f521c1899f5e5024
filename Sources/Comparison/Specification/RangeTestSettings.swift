public import CurveModel

/// How a range test of a comparison is recorded: with the loosest stop rule, so that every upstream rule can be replayed.
public struct RangeTestSettings: Hashable, Sendable {
  /// The number of steps.
  public let iterations: Int
  /// The first rate.
  public let start: Double
  /// The rate the sweep approaches.
  public let end: Double

  /// Describes range tests; fastai's defaults.
  public init(iterations: Int = 100, start: Double = 1e-7, end: Double = 10) {
    self.iterations = iterations
    self.start = start
    self.end = end
  }

  /// The settings as they stand in records.
  public var labels: [JSONValue.Member] {
    [
      .init("iterations", .number(Double(iterations))), .init("start", .number(start)),
      .init("end", .number(end)), .init("stopRule", .string("never")),
    ]
  }
}
