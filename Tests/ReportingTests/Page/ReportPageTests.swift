import CurveModel
import Foundation
import FoundationXML
import Scoring
import Testing

@testable import Reporting

/// Reads figures of a page as XML, which is stricter than HTML.
private final class FigureReader: NSObject, XMLParserDelegate {
  var names: [String] = []
  var contestants: Set<Int> = []
  var texts: [String] = []

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    names.append(name)
    if let contestant = attributes["data-contestant"].flatMap(Int.init) { contestants.insert(contestant) }
    names += attributes.keys.filter { $0.hasPrefix("on") || $0 == "id" }.map { "@" + $0 }
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) { texts.append(text) }

  static func read(_ figure: some StringProtocol) -> FigureReader? {
    let reader = FigureReader()
    let parser = XMLParser(data: Data(figure.utf8))
    parser.delegate = reader
    return parser.parse() ? reader : nil
  }
}

private func figures(_ page: String) -> [Substring] {
  page.ranges(of: #/<svg class="figure"(?s:.)*?</svg>/#).map { page[$0] }
}

@Suite(.enabled(if: hasGnuplot, "needs gnuplot"))
struct ReportPageTests {
  @Test func `The same content gives the same bytes, a card a task, and figures that are whole`() async throws
  {
    let content = try SampleReport().content()
    let page = try await ReportPage(workers: 2).text(of: content)
    #expect(try await ReportPage(workers: 1).text(of: content) == page)
    #expect(page.ranges(of: "<article class=\"card\"").count == 4)
    let drawn = figures(page)
    #expect(drawn.count == 4 + 3)
    for figure in drawn {
      let reader = try #require(FigureReader.read(figure))
      #expect(!reader.names.contains { $0.hasPrefix("@") || $0 == "script" || $0 == "defs" })
      #expect(!reader.contestants.isEmpty)
    }
    // Identities are unique, so that a shape that a figure uses is the one that was meant.
    let ids = page.matches(of: #/\sid=["']([^"']+)["']/#).map(\.1)
    #expect(Set(ids).count == ids.count)
  }

  @Test func `A card shows every strategy's suggestions, failures and abstentions`() async throws {
    let page = try await ReportPage().text(of: try SampleReport().content())
    let card = try #require(figures(page).last)
    let texts = try #require(FigureReader.read(card)).texts.joined(separator: "\n")
    for words in [
      "near", "low", "failing", "silent", "abstains: 3 of 3", "100 % of trainings failed", "range test 1002",
    ] {
      #expect(texts.contains(words), "\(words)")
    }
    #expect(page.contains("nothing falls"))
    #expect(page.contains("<summary>12 suggestions at which trainings failed</summary>"))
  }

  @Test func `Names that look like markup stay text`() async throws {
    let nasty = #"</script><img src=x onerror="alert(1)">&#65; ' ]]> \"#
    var sample = SampleReport(tasks: 3)
    sample.decoration = nasty
    let page = try await ReportPage().text(of: try sample.content())
    let hasTag = page.contains("<img")
    #expect(!hasTag)
    #expect(page.contains("&lt;img src=x"))
    // The page's own script and the figures of its one section: nothing a name could end too early.
    #expect(page.ranges(of: "<script").count == 2)
    #expect(page.ranges(of: "</script>").count == 2)
    for figure in figures(page) { #expect(FigureReader.read(figure) != nil) }
    let block = try #require(
      page.firstMatch(of: #/<script type="application/json" class="regrets">(.*?)</script>/#))
    let json = try JSONSerialization.jsonObject(with: Data(block.1.utf8)) as? [String: Any]
    #expect((json?["contestants"] as? [String])?.contains { $0.hasPrefix("near</script>") } == true)
  }

  @Test func `The regrets that the page filters are those of the headline`() async throws {
    let content = try SampleReport().content()
    let page = try await ReportPage().text(of: content)
    let block = try #require(
      page.firstMatch(of: #/<script type="application/json" class="regrets">(.*?)</script>/#))
    let json = try #require(try JSONSerialization.jsonObject(with: Data(block.1.utf8)) as? [String: Any])
    let regrets = try #require(json["regrets"] as? [[Any]])
    let sheet = content.sections[0].sheet
    for row in sheet.headline where row.tasks == 4 {
      let values = regrets[row.contestant].compactMap { $0 as? Double }
      #expect(values.count == 4)
      #expect(abs(values.reduce(0, +) / 4 - row.regret.value) < 1e-12)
    }
  }

  @Test func `Outcomes without range tests, and tasks that tell nothing, have a page too`() async throws {
    var sample = SampleReport()
    sample.hasRangeTests = false
    let page = try await ReportPage().text(of: try sample.content())
    #expect(page.ranges(of: "<article class=\"card\"").count == 4)
    let saysSo = page.contains("no range tests") && page.contains("no suggestions")
    #expect(saysSo)
    sample.isFlat = true
    let flat = try await ReportPage().text(of: try sample.content())
    let isFlat = flat.contains("the losses hardly differ: left out of means")
    #expect(isFlat)
  }

  @Test func `Without gnuplot nothing is written and the error says what to install`() async throws {
    let folder = try TemporaryFolder()
    let content = try SampleReport(tasks: 3).content()
    await #expect(throws: ReportingError.programMissing(name: "no-such-gnuplot")) {
      try await ReportPage(program: "no-such-gnuplot").write(content, toFolder: folder.path("out"))
    }
    #expect(folder.contents.isEmpty)
  }
}

struct HTMLTests {
  @Test func `Texts are escaped, pieces are not`() {
    let name = #"a<b> & "c""#
    let piece: HTML = "<b>\(name)</b>"
    let whole: HTML = "<p title=\"\(name)\">\(piece)\([piece, piece]) \(3)</p>"
    #expect(piece.text == "<b>a&lt;b&gt; &amp; &quot;c&quot;</b>")
    #expect(whole.text.hasPrefix("<p title=\"a&lt;b&gt; &amp; &quot;c&quot;\"><b>a&lt;"))
    #expect(whole.text.ranges(of: "<b>").count == 3)
  }

  @Test func `A rewriter replaces from left to right, the first rule first, and nothing twice`() {
    let rewriter = ByteRewriter([("ab", "b"), ("a", "x"), ("b", "a")])
    #expect(String(decoding: rewriter.rewritten(Array("abaabb".utf8)[...]), as: UTF8.self) == "bxba")
    #expect(rewriter.rewritten([]) == [])
  }
}
