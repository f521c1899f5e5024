internal import Scoring

/// Every strategy against every other: how much better or worse the row is than the column.
struct PairMatrix {
  let sheet: ScoreSheet
  /// The strategies in the order of the headline.
  let order: [Int]

  var html: HTML {
    let head = order.map { column -> HTML in
      "<th scope=\"col\" data-contestant=\"\(column)\"><span>\(name(column))</span></th>"
    }
    let rows = order.map { row -> HTML in
      let cells = order.map { column in cell(row, column) }
      return
        "<tr data-contestant=\"\(row)\"><th scope=\"row\">\(name(row))</th>\(cells)</tr>\n"
    }
    return """
      <div class="wide"><table class="matrix"><caption>Mean difference of regret, row minus column: <span class="better">▾ the row is better</span>, <span class="worse">▴ worse</span>; framed where Holm’s p is below 5 %. Unit of the test: the family of data sets.</caption>
      <thead><tr><td></td>\(head)</tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }

  private func name(_ contestant: Int) -> String { sheet.contestants[contestant].name }

  private func cell(_ row: Int, _ column: Int) -> HTML {
    guard let pair = sheet.pair(row, column) else {
      return "<td data-contestant=\"\(column)\" class=\"none\">\(row == column ? "" : Cells.none)</td>"
    }
    let difference = Cells.signed(pair.difference.value)
    let isTie = difference == "0.000"
    let side = isTie ? "tie" : pair.difference.value < 0 ? "better" : "worse"
    let sign = isTie ? "" : pair.difference.value < 0 ? "▾ " : "▴ "
    let certain = pair.adjustedPValue < 0.05 ? " certain" : ""
    let interval = pair.difference.interval.map { " (\(Cells.interval($0, signed: true)))" } ?? ""
    let text =
      "\(name(row)) against \(name(column)): \(difference)\(interval), better on \(pair.wins), tied on"
      + " \(pair.ties), worse on \(pair.losses) tasks; p \(Cells.fixed(pair.pValue, 3)),"
      + " Holm \(Cells.fixed(pair.adjustedPValue, 3)), P(better) \(Cells.fixed(pair.better, 2))"
    return
      "<td data-contestant=\"\(column)\" class=\"\(side + certain)\" title=\"\(text)\">\(sign + difference)</td>"
  }
}
