internal import CurveModel

/// The confusion matrix as a table whose cells are shaded by their share of the row.
struct ConfusionTable {
  let result: ClassificationResult

  /// Larger matrices are neither read nor quickly shown.
  static let mostClasses = 150
  /// Headings are turned where a name is longer than this, by whether classes are few.
  private static let shortName = (ofFew: 12, ofMany: 3)
  private static let fewClasses = 8
  /// Longer names are cut in headings.
  private static let longestName = 24
  /// In large matrices a zero is an empty cell.
  private static let zeroesUpTo = 12

  private var classes: [String] { result.classes }
  private var isTurned: Bool {
    let isFew = classes.count <= Self.fewClasses
    return classes.contains { $0.count > (isFew ? Self.shortName.ofFew : Self.shortName.ofMany) }
  }

  /// How wide the table is at most, in units of its font's size: print chooses a size at which it fits on the page.
  ///
  /// A digit has 0.65 of a unit, a turned heading 1.3, a letter of a row's name 0.62; every cell has a space and borders.
  var printedWidth: Double {
    let digits = result.confusion.joined().max().map { "\($0)".count } ?? 1
    let supports = classes.indices.map { "\(result.support(of: $0))".count }.max() ?? 1
    let longestHead = isTurned ? 0 : classes.map { Double(Self.cut($0).count) * 0.62 }.max() ?? 0
    let cell = max(0.65 * Double(digits), 1.3, longestHead) + 0.5
    let name = 0.62 * Double(classes.map(\.count).max() ?? 0) + 1
    return name + Double(classes.count + 1) * cell + 0.65 * Double(supports) + 2
  }

  var html: HTML {
    guard classes.count <= Self.mostClasses else {
      return
        "<p>With \(classes.count) classes there is no matrix to look at; the pairs say what it would.</p>"
    }
    let decides = result.undecided.allSatisfy { $0 == 0 }
    let heads = classes.map { name -> HTML in
      "<th scope=\"col\" title=\"\(name)\"><span>\(Self.cut(name))</span></th>"
    }
    let none: HTML = decides ? "" : "<th scope=\"col\"><span>no number</span></th>"
    let rows = classes.indices.map { actual in row(actual, decides: decides) }
    let turned: HTML = isTurned ? " turned" : ""
    return """
      <p class="key">Rows: what samples are; columns: what they were taken for. Blue: right, orange: wrong; the darker, the larger the share of the row.</p>
      <div class="wide frame"><table class="confusion\(turned)" style="--units: \(NumberText.fixed(printedWidth, fractionDigits: 1))">
      <thead><tr><td></td>\(heads)\(none)<th scope="col" class="sum"><span>all</span></th></tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }

  private func row(_ actual: Int, decides: Bool) -> HTML {
    let support = result.support(of: actual)
    let cells = classes.indices.map { cell(actual, $0, support) }
    let none: HTML = decides ? "" : "<td class=\"sum\">\(result.undecided[actual])</td>"
    return """
      <tr><th scope="row" title="\(classes[actual])"><span>\(classes[actual])</span></th>\(cells)\(none)<td class="sum">\(support)</td></tr>

      """
  }

  private func cell(_ actual: Int, _ predicted: Int, _ support: Int) -> HTML {
    let count = result.confusion[actual][predicted]
    guard count > 0 else {
      let isDiagonal: HTML = actual == predicted ? " right" : ""
      return "<td class=\"zero\(isDiagonal)\">\(classes.count <= Self.zeroesUpTo ? "0" : "")</td>"
    }
    let share = Double(count) / Double(support)
    let side: HTML = actual == predicted ? "right" : "wrong"
    // Nine shades, the lightest for anything that happened.
    let shade = min(9, max(1, Int((share * 9).rounded(.up))))
    let text =
      "\(classes[actual]) taken for \(classes[predicted]): \(count) of \(support), \(ClassificationSections.percent(share))"
    return "<td class=\"\(side) s\(shade)\" title=\"\(text)\">\(count)</td>"
  }

  private static func cut(_ name: String) -> String {
    name.count > longestName ? name.prefix(longestName - 1) + "…" : name
  }
}
