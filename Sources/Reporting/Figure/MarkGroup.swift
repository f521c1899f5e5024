internal import CurveModel

/// The marks that share one dot of the curve.
struct MarkGroup: Equatable {
  /// The dot.
  var point: CurveFigure.Point
  var marks: [CurveFigure.Mark]

  /// The marks of a figure by their dot, dots from the smallest rate up, marks in the figure's order.
  static func groups(of marks: [CurveFigure.Mark]) -> [MarkGroup] {
    var groups: [MarkGroup] = []
    for mark in marks {
      // Losses that are not a number still share the place where they are drawn.
      let home = groups.firstIndex {
        $0.point.learningRate == mark.point.learningRate
          && ($0.point.loss == mark.point.loss || $0.point.loss.isNaN && mark.point.loss.isNaN)
      }
      if let home {
        groups[home].marks.append(mark)
      } else {
        groups.append(MarkGroup(point: mark.point, marks: [mark]))
      }
    }
    return groups.enumerated()
      .sorted { ($0.element.point.learningRate, $0.offset) < ($1.element.point.learningRate, $1.offset) }
      .map(\.element)
  }

  /// One line a mark: the strategy's name, shortened to a width in points, and its rate.
  func lines(longestName: Double, role: PlacedText.Role) -> [String] {
    marks.map { mark in
      let name = FigureText.shortened(
        mark.name, toWidth: longestName, fontSize: PlacedText.fontSize(of: role))
      return "\(name) \(NumberText.rate(mark.learningRate))"
    }
  }
}

extension CurveFigure {
  /// The abstentions by their reason, in the figure's order: the names, and the reason they share.
  var abstentionGroups: [(names: [String], reason: String)] {
    var groups: [(names: [String], reason: String)] = []
    for abstention in abstentions {
      if let home = groups.firstIndex(where: { $0.reason == abstention.reason }) {
        groups[home].names.append(abstention.name)
      } else {
        groups.append((names: [abstention.name], reason: abstention.reason))
      }
    }
    return groups
  }
}
