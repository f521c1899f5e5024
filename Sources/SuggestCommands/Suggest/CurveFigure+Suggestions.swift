import CurveModel
import CurveSmoothing
import Glibc
import Reporting
import StrategyKit

extension CurveFigure {
  /// The figure of a curve with every suggestion marked on it.
  ///
  /// The line is the smoothed loss that the toolkit's strategies read; every dot sits on the line at the rate its
  /// strategy read, also where an upstream rule reads losses smoothed in its own way.
  init(of report: SuggestionReport) {
    let curve = report.curve.curve
    let labels = ["dataset", "model", "optimizer"].compactMap { curve.header.taskLabel($0) }
    let name = report.curve.source.split(separator: "/").last.map(String.init) ?? report.curve.source
    let line = Self.line(through: curve)
    self.init(
      title: labels.isEmpty
        ? "Learning-rate range test" : "Learning-rate range test: " + labels.joined(separator: ", "),
      subtitle: name,
      points: zip(curve.learningRates, curve.losses).map { Point(learningRate: $0, loss: $1) },
      smoothed: line,
      marks: report.answers.compactMap { answer in
        answer.rate.map { rate in
          let dot = Point(learningRate: rate.point.learningRate, loss: rate.point.loss)
          return Mark(
            name: answer.descriptor.name, learningRate: rate.learningRate,
            point: Self.dot(at: dot.learningRate, on: line) ?? dot, interval: rate.interval)
        }
      },
      abstentions: report.answers.compactMap { answer in
        answer.abstention.map { Abstention(name: answer.descriptor.name, reason: $0.reason) }
      })
  }

  /// The figure with the marks of these strategies alone, each on the line at the rate it suggests; beyond the line's
  /// ends at their height.
  func marking(_ names: [String]) -> CurveFigure {
    var figure = self
    figure.abstentions = []
    figure.dotPlace = .suggestedRate
    figure.marks = marks.filter { names.contains($0.name) }.map { mark in
      var mark = mark
      let end = smoothed.first.map { mark.learningRate < $0.learningRate ? $0 : smoothed.last ?? $0 }
      mark.point =
        Self.dot(at: mark.learningRate, on: smoothed)
        ?? Point(learningRate: mark.learningRate, loss: (end ?? mark.point).loss)
      return mark
    }
    return figure
  }

  /// The point of `line` at a rate, if the line reaches there.
  private static func dot(at rate: Double, on line: [Point]) -> Point? {
    guard let next = line.firstIndex(where: { $0.learningRate >= rate }) else { return nil }
    if line[next].learningRate == rate || next == 0 {
      return line[next].learningRate == rate ? line[next] : nil
    }
    let (left, right) = (line[next - 1], line[next])
    let share =
      (log10(rate) - log10(left.learningRate)) / (log10(right.learningRate) - log10(left.learningRate))
    return Point(learningRate: rate, loss: left.loss + share * (right.loss - left.loss))
  }

  /// The smoothed curve up to its blow-up; where there is no descent, a Gaussian over the finite beginning.
  private static func line(through curve: LossCurve) -> [Point] {
    if let descent = try? Descent(of: curve, bandwidth: Descent.standardBandwidth) {
      return descent.losses.indices.map {
        Point(learningRate: descent.learningRate(at: $0), loss: descent.losses[$0])
      }
    }
    let losses = Array(curve.losses.prefix { $0.isFinite })
    let logarithms = curve.learningRates.prefix(losses.count).map { log10($0) }
    guard losses.count >= 3, let first = logarithms.first, let last = logarithms.last else { return [] }
    let points = min(
      Descent.standardBandwidth * Double(losses.count - 1) / (last - first), Double(losses.count) / 4)
    guard let smoother = try? GaussianSmoother(standardDeviation: min(max(points, 0.5), 1000)),
      let smooth = try? smoother.smooth(losses, log10Rates: logarithms)
    else { return [] }
    return zip(curve.learningRates, smooth.values).map { Point(learningRate: $0, loss: $1) }
  }
}
