import CurveSmoothing
import Reporting
import TrainingEngine

extension LearningCurve {
  /// The learning curve of a training, with a line through its losses.
  init(of result: TrainResult, title: String, subtitle: String? = nil) {
    self.init(
      title: title, subtitle: subtitle,
      steps: result.history.map {
        Step(number: $0.number, epoch: $0.epoch, learningRate: $0.learningRate, loss: $0.loss)
      },
      smoothed: Self.smoothed(result.history.map(\.loss)),
      evaluations: result.rows.map { row in
        Evaluation(
          step: row.step, epoch: row.epoch, loss: row.validation.loss, errorRate: row.validation.errorRate)
      }, phases: result.phases)
  }

  /// The losses smoothed without lag, up to the first that is not finite; none of a training of a few steps.
  ///
  /// The window is a Gaussian of a fiftieth of the training, at least two steps.
  private static func smoothed(_ losses: [Double]) -> [Double] {
    let finite = Array(losses.prefix { $0.isFinite })
    let width = min(max(Double(finite.count) / 50, 2), 1000)
    guard finite.count >= 8, let smoother = try? GaussianSmoother(standardDeviation: width),
      let smooth = try? smoother.smooth(finite, log10Rates: finite.indices.map(Double.init))
    else { return [] }
    return smooth.values
  }
}
