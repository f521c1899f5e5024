/// What a curve file says about the training behind the curve.
public struct CurveHeader: Sendable, Equatable {
  /// One named fact, such as `optimizer: adam`: a string, a number, a truth value, or whatever a file holds.
  public typealias Label = JSONValue.Member

  /// The task: data set, model, optimizer, batch size and whatever else identifies it, in the file's order.
  public var task: [Label]
  /// How the rate was raised.
  public var schedule: RateSchedule?
  /// The number of points the range test was asked for, where that differs from or replaces the schedule's.
  public var requestedPoints: Int?
  /// The seed of initial weights and data order.
  public var seed: UInt64?
  /// Programs and libraries that took part, with their versions and settings, in the file's order.
  public var versions: [Label]

  /// Makes a header; everything may be unknown.
  public init(
    task: [Label] = [], schedule: RateSchedule? = nil, requestedPoints: Int? = nil, seed: UInt64? = nil,
    versions: [Label] = []
  ) {
    self.task = task
    self.schedule = schedule
    self.requestedPoints = requestedPoints
    self.seed = seed
    self.versions = versions
  }

  /// The task label called `name` as text, if there is one.
  public func taskLabel(_ name: String) -> String? {
    switch task.first(where: { $0.name == name })?.value {
    case .string(let text): text
    case .number(let number): JSONValue.number(number).text
    default: nil
    }
  }

  /// Whether the network began with trained weights.
  ///
  /// `record` names their file in `from`; comparisons always write their SHA-256, in `fromSHA256`.
  public var beginsWithTrainedWeights: Bool { task.contains { ["from", "fromSHA256"].contains($0.name) } }
}
