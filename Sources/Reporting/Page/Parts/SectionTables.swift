internal import CurveModel
internal import Scoring

/// A table whose columns a reader can sort by.
struct SortableTable {
  /// A column's heading and what it means; numbers begin with the lowest when sorted.
  struct Column {
    var name: String
    var meaning: String?
    var isNumber = true
  }

  var caption: String
  var columns: [Column]
  var rows: [Row]

  /// A row, with the contestant it is about.
  struct Row {
    var contestant: Int?
    var cells: [Cell]
    var isQuiet = false
  }

  /// A cell; the first of a row is its heading.
  struct Cell {
    var content: HTML
    var value: Double?

    init(_ content: HTML, value: Double? = nil) {
      self.content = content
      self.value = value
    }
  }

  var html: HTML {
    let head = columns.map { column -> HTML in
      let title: HTML = column.meaning.map { " title=\"\($0)\"" } ?? ""
      return
        "<th scope=\"col\" data-kind=\"\(column.isNumber ? "number" : "text")\"><button type=\"button\"\(title)>\(column.name)</button></th>"
    }
    return """
      <div class="wide"><table class="sortable"><caption>\(caption)</caption><thead><tr>\(head)</tr></thead>
      <tbody>\(rows.map(html))</tbody></table></div>
      """
  }

  private func html(_ row: Row) -> HTML {
    let contestant: HTML = row.contestant.map { " data-contestant=\"\($0)\"" } ?? ""
    let quiet: HTML = row.isQuiet ? " class=\"quiet\"" : ""
    let cells = row.cells.enumerated().map { index, cell -> HTML in
      let value: HTML = cell.value.map { " data-value=\"\($0.isFinite ? "\($0)" : "")\"" } ?? ""
      return index == 0
        ? "<th scope=\"row\"\(value)>\(cell.content)</th>" : "<td\(value)>\(cell.content)</td>"
    }
    return "<tr\(contestant)\(quiet)>\(cells)</tr>\n"
  }
}

extension SortableTable {
  /// The headline: a line a contestant.
  static func headline(_ sheet: ScoreSheet, _ rows: [HeadlineRow]) -> SortableTable {
    let hasIntervals = rows.contains { $0.regret.interval != nil }
    let columns = HeadlineColumn.all.filter { hasIntervals || $0.name != HeadlineColumn.intervalName }
    return SortableTable(
      caption: "Strategies, and baselines in grey; regret 0 is the oracle, 1 is untrained.",
      columns: [Column(name: "strategy", isNumber: false)]
        + columns.map { Column(name: $0.name, meaning: $0.meaning) }
        + [Column(name: "regret shown", meaning: "mean regret on the tasks that the filters leave")],
      rows: rows.map { row in
        let contestant = sheet.contestants[row.contestant]
        return Row(
          contestant: row.contestant,
          cells: [Cell("\(contestant.name)")]
            + columns.map { Cell("\($0.cell(row))", value: $0.value(row) ?? .nan) }
            + [Cell(HTML(markup: "<span class=\"shown-regret\"></span>"), value: row.regret.value)],
          isQuiet: contestant.kind == .baseline)
      })
  }

  /// Every pair of strategies with all that is known about it.
  static func pairs(_ sheet: ScoreSheet) -> SortableTable {
    let names = [
      "first", "second", "tasks", "difference", "95 %", "better/tied/worse", "p", "Holm p", "P(better)",
      "P(equal)",
      "P(worse)",
    ]
    return SortableTable(
      caption: "Differences are first minus second: below 0, the first is better.",
      columns: names.map { Column(name: $0, isNumber: $0 != "first" && $0 != "second") },
      rows: sheet.pairs.map { pair in
        let numbers: [(String, Double?)] = [
          ("\(pair.tasks)", Double(pair.tasks)),
          (Cells.signed(pair.difference.value), pair.difference.value),
          (Cells.interval(pair.difference.interval, signed: true), pair.difference.interval?.upperBound),
          ("\(pair.wins)/\(pair.ties)/\(pair.losses)", Double(pair.wins)),
          (Cells.fixed(pair.pValue, 3), pair.pValue),
          (Cells.fixed(pair.adjustedPValue, 3), pair.adjustedPValue),
          (Cells.fixed(pair.better, 2), pair.better), (Cells.fixed(pair.equal, 2), pair.equal),
          (Cells.fixed(pair.worse, 2), pair.worse),
        ]
        return Row(
          contestant: nil,
          cells: [
            Cell("\(sheet.contestants[pair.first].name)"), Cell("\(sheet.contestants[pair.second].name)"),
          ] + numbers.map { Cell("\($0.0)", value: $0.1 ?? .nan) })
      })
  }

  /// Mean regrets on tasks with narrow and wide plateaus.
  static func widths(_ sheet: ScoreSheet, _ rows: [HeadlineRow]) -> SortableTable {
    let meanings: [WidthClass.Width: String] = [
      .narrow: "below 0.5 decades", .middle: "0.5 to 1.5 decades", .wide: "above 1.5 decades",
    ]
    return SortableTable(
      caption:
        "Mean regret by the width of the task's plateau of 5 %: wide plateaus forgive, narrow ones tell strategies apart.",
      columns: [Column(name: "strategy", isNumber: false)]
        + sheet.widthClasses.map {
          Column(name: "\($0.width.rawValue) (\($0.tasks.count))", meaning: meanings[$0.width])
        },
      rows: rows.map { row in
        Row(
          contestant: row.contestant,
          cells: [Cell("\(sheet.contestants[row.contestant].name)")]
            + sheet.widthClasses.map { width in
              let regret = width.regrets[row.contestant]
              return Cell("\(Cells.fixed(regret, 3))", value: regret ?? .nan)
            },
          isQuiet: sheet.contestants[row.contestant].kind == .baseline)
      })
  }

  /// How far rates move under changes of the range tests: a line a strategy, a column a change.
  static func sensitivity(_ rows: [ReportContent.Sensitivity], _ sheet: ScoreSheet) -> SortableTable {
    var changes: [String] = []
    var strategies: [String] = []
    let scored = sheet.headline.map { sheet.contestants[$0.contestant].name }
    for row in rows where scored.contains(row.strategy) {
      if !changes.contains(row.change) { changes.append(row.change) }
      if !strategies.contains(row.strategy) { strategies.append(row.strategy) }
    }
    return SortableTable(
      caption:
        "Median |change of log10(rate)| in decades when recorded range tests are changed; in brackets, on how many of "
        + "them the strategy answers no more.",
      columns: [Column(name: "strategy", isNumber: false)] + changes.map { Column(name: $0) },
      rows: strategies.map { strategy in
        let cells = changes.map { change -> Cell in
          guard let row = rows.first(where: { $0.strategy == strategy && $0.change == change }) else {
            return Cell("\(Cells.none)", value: .nan)
          }
          let lost = row.lost > 0 ? " (\(row.lost))" : ""
          return Cell("\(Cells.fixed(row.medianShift, 2) + lost)", value: row.medianShift ?? .nan)
        }
        return Row(
          contestant: sheet.contestants.firstIndex { $0.name == strategy },
          cells: [Cell("\(strategy)")] + cells)
      })
  }
}
