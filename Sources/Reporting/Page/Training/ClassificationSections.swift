internal import CurveModel

/// How held-out samples were classified: the matrix, the pairs that are confused, each class, the worst samples.
struct ClassificationSections {
  let result: ClassificationResult
  let worst: [TrainingContent.WorstSample]

  /// More pairs than this are not read.
  private static let mostPairs = 20

  var html: HTML {
    let errors = result.count - result.correct
    return """
      <section id="confusion"><h2>Confusion matrix</h2>
      <p>\(errors) of \(result.count) held-out samples were classified wrongly: an error of \(Self.percent(result.errorRate)).\(undecided)</p>
      \(ConfusionTable(result: result).html)
      \(pairs)</section>
      <section id="classes"><h2>The classes</h2>\(classes.html)</section>
      \(worst.isEmpty ? "" : WorstGallery(result: result, worst: worst).html)
      """
  }

  private var undecided: HTML {
    let count = result.undecided.reduce(0, +)
    return count == 0 ? "" : " Of \(count), the network’s outputs are no numbers: they count as wrong."
  }

  private var pairs: HTML {
    let pairs = result.mostConfused()
    guard !pairs.isEmpty else { return "" }
    let rest =
      pairs.count > Self.mostPairs
      ? ", the \(Self.mostPairs) most frequent of \(pairs.count) pairs" : ""
    let table = SortableTable(
      caption: "Which class was taken for which other\(rest).",
      columns: [
        .init(name: "actual", isNumber: false), .init(name: "predicted", isNumber: false),
        .init(name: "samples"), .init(name: "of the class", meaning: "share of the actual class's samples"),
      ],
      rows: pairs.prefix(Self.mostPairs).map { pair in
        let share = Double(pair.count) / Double(max(result.support(of: pair.actual), 1))
        return .init(
          contestant: nil,
          cells: [
            .init("\(result.classes[pair.actual])"), .init("\(result.classes[pair.predicted])"),
            .init("\(pair.count)", value: Double(pair.count)),
            .init("\(Self.percent(share))", value: share),
          ])
      })
    return "<h3>Most confused</h3>\(table.html)"
  }

  private var classes: SortableTable {
    SortableTable(
      caption: "Each class alone: a share of what was taken for it, and of what belongs to it.",
      columns: [
        .init(name: "class", isNumber: false),
        .init(name: "precision", meaning: "share of what was taken for the class that belongs to it"),
        .init(name: "recall", meaning: "share of what belongs to the class that was found"),
        .init(name: "F1", meaning: "harmonic mean of precision and recall"),
        .init(name: "samples", meaning: "how many held-out samples belong to it"),
        .init(name: "predicted", meaning: "how many were taken for it"),
      ],
      rows: result.scores.map { score in
        let shares = [score.precision, score.recall, score.f1].map {
          SortableTable.Cell("\(Cells.fixed($0, 3))", value: $0 ?? .nan)
        }
        let counts = [score.support, score.predicted].map {
          SortableTable.Cell("\($0)", value: Double($0))
        }
        return .init(contestant: nil, cells: [.init("\(score.name)")] + shares + counts)
      })
  }

  /// A share in per cent with two digits behind the point, as the program prints errors.
  static func percent(_ share: Double) -> String {
    share.isFinite ? NumberText.fixed(100 * share, fractionDigits: 2) + " %" : Cells.none
  }
}
