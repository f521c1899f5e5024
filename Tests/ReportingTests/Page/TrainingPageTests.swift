import Foundation
import FoundationXML
import Testing

@testable import Reporting

@Suite(.enabled(if: hasGnuplot, "needs gnuplot"))
struct TrainingPageTests {
  private static func content(classes: [String], worst: Int = 2, jpeg: [UInt8]? = [1, 2, 3])
    -> TrainingContent
  {
    // Every second sample of the last class is taken for the first.
    let labels = (0..<4 * classes.count).map { Int32($0 / 4) }
    let outputs = labels.enumerated().flatMap { index, label -> [Float] in
      var row = [Float](repeating: 0, count: classes.count)
      row[index % 2 == 1 && Int(label) == classes.count - 1 ? 0 : Int(label)] = Float(index % 5 + 1)
      return row
    }
    let result = ClassificationResult(outputs: outputs, labels: labels, classes: classes)
    return TrainingContent(
      title: "Training", verdict: "Finished.", task: [.init("Model", "cnn")], rate: [.init("From", "typed")],
      curve: LearningCurveTests.curve(steps: 20),
      classification: .result(
        result,
        worst: result.worst(worst).map { .init(sample: $0, name: "folder/\($0.index).jpg", jpeg: jpeg) }),
      provenance: [.init("Program", "1")])
  }

  private static func isWhole(_ figure: Substring) -> Bool { XMLParser(data: Data(figure.utf8)).parse() }

  @Test func `A page is the same twice, loads nothing, and its figures are whole`() async throws {
    var content = Self.content(classes: ["cat", "dog"])
    content.rangeTest = FigureSamples.random(marks: 2, seed: 3)
    let page = try await TrainingPage().text(of: content)
    #expect(try await TrainingPage().text(of: content) == page)
    let figures = page.ranges(of: #/<svg class="figure"(?s:.)*?</svg>/#).map { page[$0] }
    #expect(figures.count == 2 && figures.allSatisfy(Self.isWhole))
    for mark in content.rangeTest?.marks ?? [] { #expect(page.contains(mark.name)) }
    let ids = page.matches(of: #/\sid=["']([^"']+)["']/#).map(\.1)
    #expect(Set(ids).count == ids.count)
    let loads = page.contains(#/(src|href)="(?!data:|#)/#)
    #expect(!loads && !page.contains("url(") && !page.contains("gnuplot_svg"))
  }

  @Test func `The matrix has a cell for each pair, the tables a line for each class and pair`() async throws {
    let page = try await TrainingPage().text(of: Self.content(classes: ["cat", "dog"]))
    #expect(page.contains("2 of 8 held-out samples were classified wrongly: an error of 25.00 %."))
    #expect(page.contains(#"<td class="right s9" title="cat taken for cat: 4 of 4, 100.00 %">4</td>"#))
    #expect(page.contains(#"<td class="wrong s5" title="dog taken for cat: 2 of 4, 50.00 %">2</td>"#))
    #expect(page.contains(#"<th scope="row">dog</th><td>cat</td><td data-value="2.0">2</td>"#))
    #expect(page.contains("<table class=\"confusion\" style="), "two short names need no turned headings")
    #expect(page.ranges(of: "data:image/jpeg;base64,AQID").count == 2)
    #expect(page.contains(#"<b>cat</b> / dog"#))
  }

  @Test func `Many classes have turned headings, too many none at all`() async throws {
    let many = try await TrainingPage().text(of: Self.content(classes: (0..<37).map { "breed_\($0)" }))
    #expect(many.contains("<table class=\"confusion turned\" style="))
    #expect(many.ranges(of: #/<td class="(right|wrong|zero)/#).count == 37 * 37)
    // In print the letters are so small that the widest table fits: 490 points for so many units of their size.
    #expect(many.contains("calc(490pt / var(--units") && many.contains("h2, h3 { break-after: avoid; }"))
    let units = try #require(many.firstMatch(of: /--units: ([0-9.]+)/).flatMap { Double($0.1) })
    #expect((70...90).contains(units), "\(units)")
    let most = try await TrainingPage().text(of: Self.content(classes: (0..<151).map { "\($0)" }))
    #expect(!most.contains("<table class=\"confusion"))
    #expect(most.contains("With 151 classes there is no matrix"))
  }

  @Test func `Names that look like markup stay text`() async throws {
    let nasty = #"</script><img src=x onerror="alert(1)">&#65; ' ]]> \"#
    var content = Self.content(classes: [nasty, "dog"], jpeg: nil)
    content.title = nasty
    content.verdict = nasty
    content.curve.title = nasty
    content.curve.phases = [.init(name: nasty, firstStep: 1)]
    content.task = [.init(nasty, nasty)]
    let page = try await TrainingPage().text(of: content)
    let hasTag = page.contains("<img")
    #expect(!hasTag && page.ranges(of: "<script").count == 1)
    #expect(page.contains("&lt;img src=x"))
  }

  @Test func `Without classes the page says why; without gnuplot nothing is written`() async throws {
    var content = Self.content(classes: ["cat", "dog"])
    content.classification = .nothing(reason: "Numbers, not classes.")
    let page = try await TrainingPage().text(of: content)
    #expect(page.contains("<p>Numbers, not classes.</p>") && !page.contains("id=\"confusion\""))
    let folder = try TemporaryFolder()
    await #expect(throws: ReportingError.programMissing(name: "no-such-gnuplot")) {
      try await TrainingPage(program: "no-such-gnuplot").write(content, to: folder.path("page.html"))
    }
    #expect(folder.contents.isEmpty)
  }
}
