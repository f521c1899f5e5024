import CurveModel
import LearnedStrategy
import Learning
import Reporting
import Scoring

/// What was learned, in words for people.
struct LearningText {
  let model: RateModel
  let table: ExampleTable
  let calibration: [BalancedCalibration]

  var text: String {
    let heading =
      "\(model.tasks) informative tasks of \(model.families.count) families, \(model.rangeTests) range tests"
      + (table.unreadable > 0 ? "; \(table.unreadable) more show nothing" : "")
    return ([heading, ""] + regrets + [""] + coefficients + [""] + factors).joined(separator: "\n") + "\n"
  }

  private var regrets: [String] {
    let rows = LeaveOneOutRegret(model, table).rows.map { row in
      [
        row.family ?? "all", row.role.rawValue, "\(row.tasks)",
        row.regret.isNaN ? "–" : Cells.fixed(row.regret, 3),
        "\(row.abstentions) of \(row.rangeTests)",
      ]
    }
    return ["learned, each family by the fit without it; regret read off the grids:"]
      + Table.lines([["family", "rate", "tasks", "regret", "abstains"]] + rows)
  }

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
    return ["balanced, decades above the middle between a quarter and half of the fall:"]
      + Table.lines([["families", "peak", "constant"]] + rows)
  }
}
