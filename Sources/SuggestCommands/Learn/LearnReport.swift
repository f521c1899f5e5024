import CurveModel
import LearnedStrategy
import Learning
import Reporting
import Scoring

/// What was learned, in words for people.
struct LearnReport {
  let model: RateModel
  let table: ExampleTable
  let calibration: [BalancedCalibration]
  /// The studies that were asked for.
  var halves: HalvesRegret?
  var ablation: AblationStudy?

  var text: String {
    let tuned = table.tasks.count - model.tasks
    let heading =
      "\(model.tasks) informative tasks of \(model.families.count) families, \(model.rangeTests) range tests"
      + (table.unreadable > 0 ? "; \(table.unreadable) more show nothing" : "")
      + (tuned > 0 ? "; besides, \(tuned) tasks of fine-tuning, on which it is tried" : "")
    return
      ([heading] + constants + [""] + regrets + halvesLines + ablationLines + [""] + coefficients + [""]
      + factors)
      .joined(separator: "\n") + "\n"
  }

  /// Inputs that are the same in all range tests, about which nothing could be learned.
  private var constants: [String] {
    var names: [String] = []
    for (name, inputs) in RateLearning.readings {
      guard let fit = model.readings.first(where: { $0.name == name })?.fits.first else { continue }
      let known = fit.inputs.map(\.quantity)
      names += inputs.filter { !known.contains($0) }.map(\.name).filter { !names.contains($0) }
    }
    guard !names.isEmpty else { return [] }
    return [
      "the same in all range tests, so nothing was learned about it: \(names.joined(separator: ", "))"
        + (names.contains("density")
          ? " (stores with other range tests, as range-test-lengths, vary it)" : "")
    ]
  }

  private var regrets: [String] {
    let tuned = table.part(fineTuning: true)
    let ordinary = regrets(of: table.part(fineTuning: false), "learned")
    guard !tuned.tasks.isEmpty else { return ordinary }
    return ordinary + [""] + regrets(of: tuned, "learned for fine-tuning") + [trial]
  }

  private var trial: String {
    guard let trial = model.fineTuning else {
      return
        "not tried on fine-tuning, so it abstains there: no answer was good, or there are fewer than three families"
    }
    return "of \(trial.rangeTests) range tests of fine-tuned networks \(trial.good) answers were good"
  }

  private func regrets(of part: ExampleTable, _ name: String) -> [String] {
    let rows = LeaveOneOutRegret(model, part).rows.map { row in
      [
        row.family ?? "all", row.role.rawValue, "\(row.mean.tasks)", Self.regret(row.mean.regret),
        "\(row.mean.abstentions) of \(row.mean.rangeTests)",
      ]
    }
    return ["\(name), each family by the fit without it; regret read off the grids:"]
      + Table.lines([["family", "rate", "tasks", "regret", "abstains"]] + rows)
  }

  private var halvesLines: [String] {
    guard let halves else { return [] }
    let rows = halves.rows.map { row in
      [
        row.strategy, row.role.rawValue, Self.regret(row.regret),
        "\(Self.regret(row.range.lowerBound)) to \(Self.regret(row.range.upperBound))",
        "\(Cells.fixed(100 * row.abstentionRate, 1)) %",
      ]
    }
    return [
      "",
      "learned from half of the families and tested on the others, both ways, \(halves.divisions) divisions by chance:",
    ] + Table.lines([["strategy", "rate", "regret", "of single divisions", "abstains"]] + rows)
  }

  private var ablationLines: [String] {
    guard let ablation else { return [] }
    let rows = ablation.rows.map { row in
      [row.without.isEmpty ? "nothing" : row.without]
        + [row.peak, row.constant].map { $0.map { Self.regret($0.regret) } ?? "–" }
    }
    return ["", "learned without an input, each family by the fit without it:"]
      + Table.lines([["without", "peak", "constant"]] + rows)
  }

  private static func regret(_ value: Double) -> String { value.isNaN ? "–" : Cells.fixed(value, 3) }

  private var coefficients: [String] {
    model.readings.flatMap { reading -> [String] in
      guard let fit = reading.fits.first else { return [] }
      let rows = fit.inputs.map { [$0.quantity.name, $0.coefficient.text(digits: 3)] }
      return ["decades of rate for a unit of each input, \(reading.name):"]
        + Table.lines(rows + [["intercept", fit.intercept.text(digits: 3)]]) + [""]
    }.dropLast()
  }

  private var factors: [String] {
    let rows = calibration.map { row in
      [row.leftOut.map { "without \($0)" } ?? "all", Cells.fixed(row.peak, 2), Cells.fixed(row.constant, 2)]
    }
    return ["balanced, decades above halfway between a quarter of the fall and the smallest loss:"]
      + Table.lines([["families", "peak", "constant"]] + rows)
  }
}
