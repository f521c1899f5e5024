/// A value, such as a learning rate or a momentum, over the course of a training.
///
/// A schedule is a chain of pieces over positions from 0 (the first step) to 1 (after the last): step i of n has the
/// position i/n, as in fastai. Schedules are pure functions; whoever trains asks for the value of each step.
public struct Schedule: Sendable, Equatable {
  /// A part of the training in which the value moves from one number to another.
  public struct Piece: Sendable, Equatable {
    /// The piece's length as a share of the training.
    public let share: Double
    /// How the value moves.
    public let shape: Shape
    /// The value at the piece's begin.
    public let start: Double
    /// The value at the piece's end.
    public let end: Double

    /// Describes a piece; an exponential one needs values of one sign.
    public init(share: Double, _ shape: Shape, from start: Double, to end: Double) {
      precondition(share >= 0 && share <= 1, "a piece's share lies in 0...1")
      precondition(shape != .exponential || start * end > 0, "an exponential piece needs values of one sign")
      self.share = share
      self.shape = shape
      self.start = start
      self.end = end
    }
  }

  /// How a value moves from start to end; t runs from 0 to 1.
  public enum Shape: Sendable, Equatable {
    /// start + t·(end − start).
    case linear
    /// start·(end/start)^t.
    case exponential
    /// start + (1 − cos πt)/2·(end − start).
    case cosine
  }

  /// The pieces, one after the other.
  public let pieces: [Piece]
  /// How far the sum of shares may be from 1, and a position before a piece that it belongs to: rounding only.
  private static let tolerance = 1e-9

  /// Chains pieces whose shares add up to 1.
  public init(_ pieces: [Piece]) {
    precondition(
      abs(pieces.reduce(-1) { $0 + $1.share }) < Self.tolerance,
      "the shares of a schedule's pieces add up to 1")
    self.pieces = pieces.filter { $0.share > 0 }
  }

  /// The value at `position` in 0...1; where two pieces meet, the later one's.
  public func value(at position: Double) -> Double {
    precondition((0...1).contains(position), "a position in a training lies in 0...1, not at \(position)")
    var begin = 0.0
    for (index, piece) in pieces.enumerated() {
      if position < begin + piece.share - Self.tolerance || index == pieces.count - 1 {
        return piece.value(at: min(max((position - begin) / piece.share, 0), 1))
      }
      begin += piece.share
    }
    preconditionFailure("a schedule has at least one piece")
  }

  /// The value of step `index`, counted from 0, of `steps`.
  public func value(step index: Int, of steps: Int) -> Double {
    value(at: Double(index) / Double(steps))
  }
}
