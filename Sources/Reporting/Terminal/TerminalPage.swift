internal import CurveModel

/// One figure on one terminal.
struct TerminalPage {
  let figure: CurveFigure
  let style: TerminalPlot
  let range: FigureRange
  let rates: ClosedRange<Double>
  /// Loss labels by their row of the plot.
  var lossLabels: [Int: String] = [:]
  let labelColumns: Int
  let columns: Int
  let rows: Int
  /// The marks by their cell, in the order of rates; each cell has one letter.
  var groups: [(column: Int, row: Int, marks: [CurveFigure.Mark])] = []

  init(_ figure: CurveFigure, style: TerminalPlot) {
    self.figure = figure
    self.style = style
    range = FigureRange(figure)
    rates = PlotFrame.rates(of: figure)
    // Title, the axis' line, its labels.
    rows = style.height - 3
    let ticks = AxisTicks.losses(in: range.losses, about: max(2, rows / 3))
    let widest = style.width / 3
    labelColumns = min(widest, ticks.map(\.label.count).max() ?? 0)
    columns = style.width - labelColumns - 2
    for tick in ticks {
      lossLabels[dotRow(tick.value) / 4] = String(tick.label.prefix(labelColumns))
    }
    for mark in figure.marks {
      let cell = (column: dotColumn(mark.point.learningRate) / 2, row: dotRow(mark.point.loss) / 4)
      if let home = groups.firstIndex(where: { $0.column == cell.column && $0.row == cell.row }) {
        groups[home].marks.append(mark)
      } else {
        groups.append((cell.column, cell.row, [mark]))
      }
    }
    groups.sort { ($0.column, $0.row) < ($1.column, $1.row) }
  }

  var title: [String] { [fitted(figure.title)] }

  var plot: [String] {
    let canvas = curve()
    let cuts = cutMarks()
    let recorded = recordedCells()
    return (0..<rows).map { row in
      let label = lossLabels[row] ?? ""
      let side = style.ascii ? (label.isEmpty ? "|" : "+") : (label.isEmpty ? "│" : "┤")
      var line = String(repeating: " ", count: labelColumns - label.count) + label + " " + side
      for column in 0..<columns {
        if let index = groups.firstIndex(where: { $0.column == column && $0.row == row }) {
          line += painted(letter(index), "1;31")
        } else if let cut = cuts[row == 0 ? column : row == rows - 1 ? column + columns : -1] {
          line += painted(cut, "33")
        } else if let dots = canvas.character(column: column, row: row, ascii: style.ascii) {
          line += painted(String(dots), "34")
        } else if recorded.contains(row * columns + column) {
          line += painted(style.ascii ? ":" : "·", "2")
        } else {
          line += " "
        }
      }
      return trimmed(line)
    }
  }

  /// The axis of the rates, and the labels of its powers of ten as far as there is room for them.
  var axis: [String] {
    var line = [Character](repeating: style.ascii ? "-" : "─", count: columns)
    var labels = [Character](repeating: " ", count: columns)
    var free = 0
    for tick in AxisTicks.rates(in: rates, most: columns / 7) where !tick.label.isEmpty {
      let column = min(dotColumn(tick.value) / 2, columns - 1)
      line[column] = style.ascii ? "+" : "┴"
      let start = min(max(column - tick.label.count / 2, 0), columns - tick.label.count)
      guard start >= free else { continue }
      labels.replaceSubrange(start..<start + tick.label.count, with: tick.label)
      free = start + tick.label.count + 1
    }
    let margin = String(repeating: " ", count: labelColumns + 1)
    return [margin + (style.ascii ? "+" : "└") + String(line), trimmed(margin + " " + String(labels))]
  }

  /// What was cut off, on one line.
  var notes: [String] {
    var parts: [String] = []
    if let highest = range.highestCut {
      parts.append("\(upward) cut off: losses up to \(NumberText.significant(highest, digits: 2))")
    }
    if let lowest = range.lowestCut {
      parts.append("\(downward) cut off: losses down to \(NumberText.significant(lowest, digits: 2))")
    }
    if range.notFinite > 0 {
      parts.append("\(cross) not finite: \(range.notFinite) of \(figure.points.count)")
    }
    return parts.isEmpty ? [] : [fitted(parts.joined(separator: "  "))]
  }

  /// Letters with names and rates, in as many columns as fit.
  var key: [String] {
    let entries = groups.enumerated().flatMap { index, group in
      group.marks.map { mark -> String in
        let rate = NumberText.rate(mark.learningRate)
        let name = TerminalText.fitted(mark.name, columns: style.width - rate.count - 3, ascii: style.ascii)
        return "\(letter(index)) \(name) \(rate)"
      }
    }
    let widest = (entries.map(TerminalText.columns).max() ?? 0) + 3
    let perLine = max(1, (style.width + 3) / max(widest, 1))
    return stride(from: 0, to: entries.count, by: perLine).map { start in
      trimmed(
        entries[start..<min(start + perLine, entries.count)]
          .map { TerminalText.padded($0, columns: widest) }.joined())
    }
  }

  var abstentions: [String] {
    figure.abstentionGroups.flatMap { group in
      TerminalText.wrapped(
        "\(style.ascii ? "-" : "–") \(group.names.joined(separator: ", ")): abstained — \(group.reason)",
        columns: style.width, most: 3, ascii: style.ascii)
    }
  }

  private var upward: String { style.ascii ? "^" : "▲" }
  private var downward: String { style.ascii ? "v" : "▼" }
  private var cross: String { style.ascii ? "x" : "×" }

  private func curve() -> BrailleCanvas {
    var canvas = BrailleCanvas(columns: columns, rows: rows)
    var previous: (column: Int, row: Int)?
    for point in figure.line {
      guard point.loss.isFinite, point.learningRate > 0 else {
        previous = nil
        continue
      }
      let dot = (column: dotColumn(point.learningRate), row: dotRow(point.loss))
      guard range.losses.contains(point.loss) else {
        if let start = previous { canvas.line(from: start, to: dot) }
        previous = nil
        continue
      }
      canvas.line(from: previous ?? dot, to: dot)
      previous = dot
    }
    return canvas
  }

  /// The cells, counted row by row, that hold a recorded loss, where there is a smoothed line beside them.
  private func recordedCells() -> Set<Int> {
    guard !figure.smoothed.isEmpty else { return [] }
    let shown = figure.points.filter { range.losses.contains($0.loss) }
    return Set(shown.map { dotRow($0.loss) / 4 * columns + dotColumn($0.learningRate) / 2 })
  }

  /// Marks of cut losses by their column in the top row, and by column plus the number of columns in the
  /// bottom row.
  private func cutMarks() -> [Int: String] {
    var marks: [Int: String] = [:]
    for point in figure.points + figure.line {
      let column = dotColumn(point.learningRate) / 2
      if !point.loss.isFinite {
        marks[column] = marks[column] ?? cross
      } else if point.loss > range.losses.upperBound {
        marks[column] = upward
      } else if point.loss < range.losses.lowerBound {
        marks[column + columns] = downward
      }
    }
    return marks
  }

  private func dotColumn(_ rate: Double) -> Int {
    let place = unitFrame.x(rate)
    return min(Int(place * Double(2 * columns)), 2 * columns - 1)
  }

  private func dotRow(_ loss: Double) -> Int {
    min(Int(unitFrame.y(loss) * Double(4 * rows)), 4 * rows - 1)
  }

  private var unitFrame: PlotFrame {
    PlotFrame(plot: Rectangle(x: 0, y: 0, width: 1, height: 1), rates: rates, losses: range.losses, strip: 0)
  }

  /// a…z, then A…Z, then `#` for all further ones.
  private func letter(_ index: Int) -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return index < letters.count ? String(letters[index]) : "#"
  }

  private func painted(_ text: String, _ code: String) -> String {
    style.color ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }

  private func fitted(_ text: String) -> String {
    TerminalText.fitted(text, columns: style.width, ascii: style.ascii)
  }

  private func trimmed(_ line: String) -> String {
    String(line.reversed().drop { $0 == " " }.reversed())
  }
}
