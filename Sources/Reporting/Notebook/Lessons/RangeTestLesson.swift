internal import CurveModel
internal import Glibc
internal import Scoring

/// How a learning-rate range test works, on one task whose real outcomes are known.
struct RangeTestLesson {
  private let task: LessonTask

  init(_ task: LessonTask) { self.task = task }

  var notebook: Notebook {
    Notebook(
      name: "how-a-range-test-works", title: "How a learning-rate range test works",
      cells: [
        .text(Self.introduction(task.description.title)), .code(Python.setup, prints: [], picture: nil),
        .code(Self.reading, prints: readings, picture: nil), .text(Self.smoothing),
        .code(Self.rules, prints: ruleLines, picture: nil), .text(Self.training),
        .code(Self.outcomes, prints: outcomeLines, picture: nil), .text(Self.together),
        .code(
          Self.drawing, prints: [],
          picture: Notebook.Picture(
            name: "range-test-and-outcomes", says: task.figure.says, script: task.figure.script.text(.png))),
        .text(Self.conclusion),
      ], tables: [curves, outcomes])
  }

  // MARK: Texts

  private static func introduction(_ title: String) -> String {
    """
    Before training, raise the learning rate a little after every step and record the loss: that is a *learning-rate range
    test* (Smith, *Cyclical Learning Rates for Training Neural Networks*, 2017). While the rate is too low nothing happens; then the
    loss falls; then training blows up. A rule reads a rate from this curve.

    This notebook looks at one task, **\(title)**, for which it is also known what training really gave at every rate.
    Every number is computed from the tables in `data`; the pictures kept here were drawn with gnuplot from the same numbers.
    """
  }

  private static let smoothing = """
    The raw losses jump, since every step sees another batch. Rules therefore smooth them, most of them by an exponential average
    whose start is corrected (*debiased*). Such an average lags behind: its minimum comes later, at a higher rate, than that of the
    loss. Dividing the rate of the minimum by ten, the oldest rule, lives with that.
    """

  private static let training = """
    Each range test of the same task gives another rate: only the seed differs, which draws the initial weights and the
    batches. Which rate is right? Only training can say. Here the network was trained in full at every rate of a grid, with
    several seeds. A training that diverges, or ends worse than it began, counts as the loss of the untrained network.
    """

  private static let together = """
    Both belong into one picture. Where the range tests fall is not where training is best: the range test makes one step at each
    rate, the training hundreds.
    """

  private static let conclusion = """
    The shaded rates are as good as the best, to within 5 % of what training gains at all: a rule is right when its rate lies
    there, and a rule that lands far to the left wastes the training as surely as one beyond the cliff. How the rules differ is
    the matter of `what-each-strategy-reads`.
    """

  // MARK: Code, and what it prints

  private static let reading = """
    curves = read("range-tests.csv")
    for seed, test in curves.groupby("seed"):
        print(f"seed {seed}: {len(test)} steps from {rate(test.learning_rate.iloc[0])} to {rate(test.learning_rate.iloc[-1])},"
              f" loss {test.loss.iloc[0]:.3f} at first, {test.loss.min():.3f} at the lowest")
    """

  private var readings: [String] {
    task.tests.map { seed, curve in
      let losses = curve.losses
      return "seed \(seed): \(curve.count) steps from \(Python.rate(curve.learningRates[0])) to"
        + " \(Python.rate(curve.learningRates[curve.count - 1])), loss \(Python.fixed(losses[0])) at first,"
        + " \(Python.fixed(losses.filter { !$0.isNaN }.min() ?? .nan)) at the lowest"
    }
  }

  private static let rules = """
    def smoothed(losses, momentum=0.98):
        average, weight, result = 0.0, 1.0, []
        for loss in losses:
            average = momentum * average + (1 - momentum) * loss
            weight *= momentum
            result.append(average / (1 - weight))
        return result

    for seed, test in curves.groupby("seed"):
        losses = smoothed(test.loss)
        lowest = min((loss, step) for step, loss in enumerate(losses) if math.isfinite(loss))[1]
        at = test.learning_rate.iloc[lowest]
        print(f"seed {seed}: smoothed minimum at {rate(at)}, a tenth of it {rate(at / 10)}")
    """

  private var ruleLines: [String] {
    task.tests.map { seed, curve in
      var (average, weight) = (0.0, 1.0)
      var lowest: (loss: Double, step: Int)?
      for (step, loss) in curve.losses.enumerated() {
        average = 0.98 * average + (1 - 0.98) * loss
        weight *= 0.98
        let smoothed = average / (1 - weight)
        if smoothed.isFinite, smoothed < lowest?.loss ?? .infinity { lowest = (smoothed, step) }
      }
      let rate = curve.learningRates[lowest?.step ?? 0]
      return "seed \(seed): smoothed minimum at \(Python.rate(rate)), a tenth of it \(Python.rate(rate / 10))"
    }
  }

  private static let outcomes = """
    outcomes = read("outcomes.csv")
    means = outcomes.groupby("learning_rate").loss.mean()
    print(f"{len(outcomes)} trainings at {len(means)} rates")
    for at, mean in means.items():
        print(f"{rate(at):>9} {mean:8.3f}")
    print(f"lowest at {rate(means.idxmin())}; untrained {outcomes.untrained_loss.iloc[0]:.3f}")
    """

  private var outcomeLines: [String] {
    let study = task.study
    let count = study.points.reduce(0) { $0 + $1.values.count }
    let means = study.points.map { ($0.rate.learningRate, $0.values.reduce(0, +) / Double($0.values.count)) }
    let best = means.min { $0.1 < $1.1 }?.0 ?? .nan
    return ["\(count) trainings at \(study.points.count) rates"]
      + means.map { Python.right(Python.rate($0.0), 9) + " " + Python.right(Python.fixed($0.1), 8) }
      + ["lowest at \(Python.rate(best)); untrained \(Python.fixed(study.untrained))"]
  }

  private static let drawing = """
    figure, (above, below) = plt.subplots(2, 1, sharex=True, figsize=(8, 7))
    for seed, test in curves.groupby("seed"):
        above.plot(test.learning_rate, test.loss, linewidth=0.8)
    start = curves[curves.step == 0].loss.max()
    above.set(xscale="log", ylabel="training loss of the range tests", ylim=(None, start * 1.25))
    seeds = outcomes.groupby("learning_rate").loss
    below.fill_between(means.index, seeds.min(), seeds.max(), alpha=0.3)
    below.plot(means.index, means, marker=".")
    below.set(xlabel="learning rate", ylabel="final loss")
    plt.show()
    """

  // MARK: Tables

  private var curves: NotebookTable {
    NotebookTable(
      "range-tests.csv", ["seed", "step", "learning_rate", "loss"],
      task.tests.flatMap { seed, curve in
        zip(curve.learningRates, curve.losses).enumerated().map { step, point in
          [.number(Double(seed)), .number(Double(step)), .number(point.0), .number(point.1)]
        }
      })
  }

  private var outcomes: NotebookTable {
    NotebookTable(
      "outcomes.csv", ["learning_rate", "loss", "untrained_loss"],
      task.study.points.flatMap { point in
        point.values.map { [.number(point.rate.learningRate), .number($0), .number(task.study.untrained)] }
      })
  }
}
