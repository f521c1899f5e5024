import ArgumentParser
import Reporting

/// What is written about a training, as typed.
struct ResultOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Where to write the learning curves: .csv, a line a step; a picture as .svg, .png, .pdf, or .gp for the gnuplot \
      script. May be repeated.
      """, valueName: "file"))
  var export: [String] = []

  @Option(
    help: ArgumentHelp(
      """
      Where to write a page, .html, that shows the training: curves, confusion matrix, the worst-classified samples.
      """, valueName: "file"))
  var report: String?

  @Option(
    help: ArgumentHelp(
      "How many of the worst-classified samples the page shows. (default: \(Self.standardWorst))",
      valueName: "count"))
  var worst: Int?

  /// The files as typed.
  ///
  /// - Parameter save: Where the weights will be written, so that no two files have one name.
  /// - Throws: ``UsageError``, or `ReportingError` for an ending of which nothing can be written.
  func plan(beside save: String?) throws -> ResultPlan {
    let exports = try export.map(ResultPlan.Export.init(path:))
    if let report, !["html", "htm"].contains(report.split(separator: ".").last?.lowercased()) {
      throw UsageError("--report \(report): the page is HTML; end its name in .html")
    }
    if let worst {
      guard report != nil else { throw UsageError("--worst \(worst) is about the page of --report") }
      guard (0...Self.mostWorst).contains(worst) else {
        throw UsageError("--worst \(worst): it must be 0 to \(Self.mostWorst)")
      }
    }
    var seen: Set<String> = []
    for path in export + [report, save].compactMap(\.self) where !seen.insert(path).inserted {
      throw UsageError("\(path) would be written twice: give each result a file of its own")
    }
    return ResultPlan(
      exports: exports, report: report.map { .init(path: $0, worst: worst ?? Self.standardWorst) })
  }

  private static let standardWorst = 12
  /// Every picture is in the page.
  private static let mostWorst = 200
}
