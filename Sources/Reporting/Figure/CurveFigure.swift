/// What one learning-rate finder figure shows: a loss curve and what strategies made of it.
///
/// A plain value, so that drawing knows neither strategies nor stores. Texts may hold anything; they are
/// cleaned where they are drawn.
public struct CurveFigure: Sendable, Equatable {
  /// A point of a curve.
  public struct Point: Sendable, Equatable {
    /// The applied learning rate; drawn where it is positive and finite.
    public var learningRate: Double
    /// The loss, which may be infinite or not a number.
    public var loss: Double

    /// A point of a curve.
    public init(learningRate: Double, loss: Double) {
      self.learningRate = learningRate
      self.loss = loss
    }
  }

  /// A strategy's suggestion.
  public struct Mark: Sendable, Equatable {
    /// The strategy's name.
    public var name: String
    /// The suggested learning rate.
    public var learningRate: Double
    /// The dot on the curve from which the suggestion was read, whose rate need not be the suggested one; or what
    /// ``CurveFigure/dotPlace`` says.
    public var point: Point
    /// The rates between which the strategy would not tell the difference, where it says so.
    public var interval: ClosedRange<Double>?

    /// A strategy's suggestion, with the dot on the curve that it was read from.
    public init(name: String, learningRate: Double, point: Point, interval: ClosedRange<Double>? = nil) {
      self.name = name
      self.learningRate = learningRate
      self.point = point
      self.interval = interval
    }
  }

  /// Where the dots of all marks lie.
  public enum DotPlace: Sendable, Equatable {
    /// Where the suggestion was read.
    case reading
    /// At the suggested rate.
    case suggestedRate
  }

  /// A strategy that gave no rate.
  public struct Abstention: Sendable, Equatable {
    /// The strategy's name.
    public var name: String
    /// Why it abstained, as it says itself.
    public var reason: String

    /// A strategy that gave no rate, and why.
    public init(name: String, reason: String) {
      self.name = name
      self.reason = reason
    }
  }

  /// The headline.
  public var title: String
  /// A second, quieter line beneath the headline.
  public var subtitle: String?
  /// The recorded losses, in the order of recording.
  public var points: [Point]
  /// The smoothed losses, in the order of recording; empty where none are to be drawn.
  public var smoothed: [Point]
  /// The suggestions.
  public var marks: [Mark]
  /// Where the marks' dots lie, which the legend says.
  public var dotPlace = DotPlace.reading
  /// The strategies that gave none.
  public var abstentions: [Abstention]

  /// A figure of one loss curve.
  public init(
    title: String, subtitle: String? = nil, points: [Point], smoothed: [Point] = [], marks: [Mark] = [],
    abstentions: [Abstention] = []
  ) {
    self.title = title
    self.subtitle = subtitle
    self.points = points
    self.smoothed = smoothed
    self.marks = marks
    self.abstentions = abstentions
  }

  /// The line that the eye follows: the smoothed losses, or the recorded ones where nothing was smoothed.
  var line: [Point] { smoothed.isEmpty ? points : smoothed }
}
