internal import CurveModel

/// One training as a page of HTML that needs nothing but itself: facts, learning curve, and how the held-out samples were
/// classified, with the worst of them.
public struct TrainingPage: Sendable {
  private let gnuplot: Gnuplot

  /// A page whose figures the given program draws.
  ///
  /// - Parameter program: gnuplot's name, looked up in `PATH`, or a path to it.
  public init(program: String = "gnuplot") {
    gnuplot = Gnuplot(program: program)
  }

  /// Draws the figures, then writes the page, which is there as a whole or not at all.
  ///
  /// - Throws: ``ReportingError``: `programMissing` or `programFailed` from drawing, `cannotWrite` from writing.
  public func write(_ content: TrainingContent, to path: String) async throws {
    try AtomicFile.write(Array(try await text(of: content).utf8), to: path)
  }

  /// The page; the same content gives the same bytes.
  ///
  /// - Throws: ``ReportingError``: `programMissing` or `programFailed`.
  public func text(of content: TrainingContent) async throws -> String {
    let learning = LearningFigure(curve: content.curve, format: .svg, isTitled: false)
    let curve = try PageSVG(await gnuplot.output(of: learning.script.text(.svg)))
    var rangeTest: HTML = ""
    if let figure = content.rangeTest { rangeTest = try await self.rangeTest(figure) }
    let body: HTML = """
      \(curve.definitions)
      <a class="skip" href="#content">Skip to the training</a>
      <header><h1>\(content.title)</h1><nav aria-label="Sections">\(Self.links(content))</nav></header>
      <main id="content">
      <p class="verdict">\(content.verdict)</p>
      <section id="task"><h2>The task</h2>\(Self.list(content.task))</section>
      <section id="rate"><h2>The learning rate</h2>\(Self.list(content.rate))\(rangeTest)</section>
      <section id="curve"><h2>The training</h2>
      <figure>\(curve.element(width: LearningFigure.width, height: learning.height, says: learning.says))<figcaption>Blue: the loss of each step’s batch. Orange: held-out samples. Rest the pointer on a line for its numbers.</figcaption></figure>
      \(EvaluationTable(curve: content.curve).html)</section>
      \(Self.classification(content.classification))
      <section id="made"><h2>How it was made</h2>\(Self.list(content.provenance))</section>
      </main>
      """
    return PageDocument.text(
      title: content.title, styles: [PackageResources.report_css, PackageResources.training_css], body: body,
      scripts: [PackageResources.tables_js]
    ).text
  }

  /// The range test with the dot that the rate was read from.
  private func rangeTest(_ figure: CurveFigure) async throws -> HTML {
    let size = FigureSize()
    // The page says itself what it shows.
    var bare = figure
    (bare.title, bare.subtitle) = ("", nil)
    let layout = FigureLayout.layout(of: bare, size: size)
    let script = GnuplotScript(bare, size: size, format: .svg).text
    let picture = try PageSVG(await gnuplot.output(of: script))
    let says = figure.marks.map { "\($0.name) at \(NumberText.rate($0.learningRate))" }.joined(
      separator: ", ")
    return """
      <figure>\(picture.element(width: layout.width, height: layout.height, says: "\(figure.title): \(says)"))</figure>
      """
  }

  private static func classification(_ classification: TrainingContent.Classification) -> HTML {
    switch classification {
    case .result(let result, let worst): ClassificationSections(result: result, worst: worst).html
    case .nothing(let reason): "<section id=\"classes\"><h2>The classes</h2><p>\(reason)</p></section>"
    }
  }

  private static func links(_ content: TrainingContent) -> HTML {
    var links: HTML =
      "<a href=\"#task\">Task</a><a href=\"#rate\">Learning rate</a><a href=\"#curve\">Training</a>"
    if case .result(_, let worst) = content.classification {
      links = links + "<a href=\"#confusion\">Confusion</a><a href=\"#classes\">Classes</a>"
      if !worst.isEmpty { links = links + "<a href=\"#worst\">Top losses</a>" }
    }
    return links + "<a href=\"#made\">How it was made</a>"
  }

  /// Longer texts get two columns.
  private static let longText = 36

  private static func list(_ facts: [ReportContent.Fact]) -> HTML {
    let rows = facts.map { fact -> HTML in
      let long: HTML = fact.text.count > longText ? " class=\"long\"" : ""
      return "<div\(long)><dt>\(fact.name)</dt><dd>\(fact.text)</dd></div>"
    }
    return "<dl class=\"facts-list\">\(rows)</dl>"
  }
}
