/// A report as one page of HTML that needs nothing but itself.
public struct ReportPage: Sendable {
  private let gnuplot: Gnuplot
  /// How many figures are drawn at a time.
  private let workers: Int

  /// A page whose figures the given program draws.
  ///
  /// - Parameters:
  ///   - program: gnuplot's name, looked up in `PATH`, or a path to it.
  ///   - workers: How many of it may run at a time, at least 1.
  public init(program: String = "gnuplot", workers: Int = 2) {
    gnuplot = Gnuplot(program: program)
    self.workers = max(1, workers)
  }

  /// Draws the figures, then writes the page as `report.html` into a folder, which is made where it is missing.
  ///
  /// - Returns: The path of the page, which is there as a whole or not at all.
  /// - Throws: ``ReportingError``.
  public func write(_ content: ReportContent, toFolder folder: String) async throws -> String {
    let page = Array(try await text(of: content).utf8)
    try AtomicFile.makeFolder(folder)
    let path = folder.hasSuffix("/") ? "\(folder)report.html" : "\(folder)/report.html"
    try AtomicFile.write(page, to: path)
    return path
  }

  /// The page; the same content gives the same bytes.
  ///
  /// - Throws: ``ReportingError``: `programMissing` or `programFailed` from drawing.
  public func text(of content: ReportContent) async throws -> String {
    let sections = content.sections.enumerated().map { index, section in
      SectionPage(section, id: "s\(index)", level: content.sections.count > 1)
    }
    let scripts = sections.flatMap(\.figures).map { $0.script.text(.svg) }
    let pictures = try await drawn(scripts)
    var first = 0
    var pieces: [HTML] = []
    for section in sections {
      let count = section.figures.count
      let elements = zip(section.figures, pictures[first..<(first + count)]).map { figure, picture in
        picture.element(width: figure.script.width, height: figure.script.height, says: figure.says)
      }
      pieces.append(section.html(elements))
      first += count
    }
    return Self.page(content, sections, pieces, shapes: pictures.first?.definitions ?? "").text
  }

  /// Draws figures side by side, in their order.
  private func drawn(_ scripts: [String]) async throws -> [PageSVG] {
    try await withThrowingTaskGroup(of: (Int, PageSVG).self) { group in
      var pictures: [PageSVG?] = Array(repeating: nil, count: scripts.count)
      var next = 0
      func start() {
        guard next < scripts.count else { return }
        let index = next
        group.addTask { (index, try PageSVG(try await gnuplot.output(of: scripts[index]))) }
        next += 1
      }
      for _ in 0..<workers { start() }
      for try await (index, picture) in group {
        pictures[index] = picture
        start()
      }
      return pictures.compactMap(\.self)
    }
  }

  private static func page(
    _ content: ReportContent, _ sections: [SectionPage], _ pieces: [HTML], shapes: HTML
  ) -> HTML {
    let links = sections.map { section -> HTML in "<a href=\"#\(section.id)\">\(section.section.title)</a>" }
    let facts = content.provenance.map { fact -> HTML in
      "<dt>\(fact.name)</dt><dd>\(fact.text)</dd>"
    }
    let notices: HTML =
      content.notices.isEmpty
      ? "" : "<ul>\(content.notices.map { notice -> HTML in "<li>\(notice)</li>" })</ul>"
    let body: HTML = """
      \(shapes)
      <a class="skip" href="#content">Skip to the verdict</a>
      <header><h1>\(content.title)</h1><nav aria-label="Sections">\(links)<a href="#made">How it was made</a></nav></header>
      \(FilterForm(sections.map(\.section)).html)
      <main id="content">
      \(pieces)
      <section id="made"><h2>How it was made</h2><dl>\(facts)</dl>\(notices)</section>
      </main>
      """
    return PageDocument.text(
      title: content.title, styles: [PackageResources.report_css], body: body,
      scripts: [PackageResources.tables_js, PackageResources.report_js])
  }
}
