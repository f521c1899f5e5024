/// gnuplot's SVG as a part of a page: without header, scripts and definitions of its own, in the page's colours.
struct PageSVG {
  /// The shapes of points, which stand once in a page.
  let definitions: HTML
  private let body: String

  /// Takes apart what gnuplot's SVG terminal (5.4) wrote.
  init(_ svg: [UInt8]) throws(ReportingError) {
    guard let shapes = Self.range(of: "<defs>", to: "</defs>", in: svg[...]),
      let end = Self.range(of: "</defs>", to: "</svg>", in: svg[...])
    else {
      throw .programFailed(name: "gnuplot", message: "its SVG holds no definitions or no end")
    }
    let points = String(decoding: svg[shapes], as: UTF8.self).split(separator: "\n")
      .filter { $0.contains("id='gpPt") || $0.contains("id='gpDot") }
      .map { $0.replacing("xlink:href", with: "href").drop { $0 == "\t" } }
    definitions = HTML(
      markup: "<svg class=\"shapes\" aria-hidden=\"true\"><defs>\(points.joined())</defs></svg>")
    body = String(decoding: Self.rewriter.rewritten(Self.withoutEmptyGroups(svg[end])[...]), as: UTF8.self)
  }

  /// The picture as an element that says what it shows to those who cannot see it.
  func element(width: Double, height: Double, says text: String) -> HTML {
    let head: HTML =
      "<svg class=\"figure\" role=\"img\" aria-label=\"\(text)\" viewBox=\"0 0 \(Int(width)) \(Int(height))\">"
    // The group around everything begins before the definitions.
    return head + HTML(markup: "<g>\(body)</svg>")
  }

  // MARK: Contestants

  private static let contestantPrefix = "contestant:"

  /// The title of a plot that belongs to a contestant; the page's element gets an attribute instead.
  static func contestantTitle(_ contestant: Int) -> String { "\(contestantPrefix)\(contestant):" }

  // MARK: Taking apart

  /// What stands between two texts, where the first is found for the first time.
  private static func range(of start: String, to end: String, in svg: ArraySlice<UInt8>) -> Range<Int>? {
    guard let head = svg.firstRange(of: Array(start.utf8)),
      let tail = svg[head.upperBound...].firstRange(of: Array(end.utf8))
    else { return nil }
    return head.upperBound..<tail.lowerBound
  }

  /// The lines without indentation, empty ones, and groups that hold nothing.
  private static func withoutEmptyGroups(_ svg: ArraySlice<UInt8>) -> [UInt8] {
    let (opening, closing) = (Array("<g fill=\"none\"".utf8), Array("</g>".utf8))
    var lines: [ArraySlice<UInt8>] = []
    for whole in svg.split(separator: UInt8(ascii: "\n")) {
      let line = whole.drop { $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: " ") }
      if line.elementsEqual(closing), let last = lines.last, last.starts(with: opening),
        last.last == UInt8(ascii: ">")
      {
        lines.removeLast()
      } else if !line.isEmpty {
        lines.append(withoutIdentity(line))
      }
    }
    return Array(lines.joined(separator: [UInt8(ascii: "\n")]))
  }

  private static let identity = Array("<g id=\"gnuplot_plot_".utf8)
  private static let plotTitle = Array("<title>gnuplot_plot_".utf8)

  /// The line that begins a plot without the plot's identity and name.
  private static func withoutIdentity(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard line.starts(with: identity), let end = line.firstIndex(of: UInt8(ascii: ">")) else { return line }
    let rest = line[end...]
    let isNamed = !rest.dropFirst().starts(with: plotTitle)
    return (Array("<g".utf8) + (isNamed ? Array(rest) : [UInt8(ascii: ">")]))[...]
  }

  /// Colours become the page's own, which has others for dark screens; hover texts become titles; identities, which would
  /// not be unique in a page, and what a page says once go.
  private static let rewriter = ByteRewriter(
    colours.flatMap {
      [(written($0.colour, padded: true), $0.name), (written($0.colour, padded: false), $0.name)]
    } + [
      // gnuplot leaves these as they are in texts.
      ("]]>", "]]&gt;"), ("&#", "&amp;#"),
      ("<g onmousemove=\"gnuplot_svg.showHypertext(evt,'", "<g class=\"dot\"><title>"),
      ("')\" onmouseout=\"gnuplot_svg.hideHypertext()\"><title> </title>", "</title>"),
      ("><title>\(contestantPrefix)", " data-contestant=\""), (":</title>", "\">"),
      (" stroke-linecap=\"butt\" stroke-linejoin=\"miter\"", ""), (" color=\"black\"", ""),
      ("stroke='black'", "stroke='currentColor'"), (" fill=\"black\"", " fill=\"currentColor\""),
      (" font-family=\"sans-serif:Bold\"", " font-weight=\"bold\""),
      (" font-family=\"sans-serif\"", ""), (" font-size=\"12.00\"", ""), ("xlink:href", "href"),
      (" stroke-width=\"1.00\"", ""), (" shape-rendering='crispEdges'", ""),
    ])

  private static let colours: [(colour: String, name: String)] = [
    (FigurePalette.text, "currentColor"), (FigurePalette.quiet, "var(--quiet)"),
    (FigurePalette.grid, "var(--grid)"), (FigurePalette.frame, "var(--frame)"),
    (FigurePalette.line, "var(--line)"), (FigurePalette.raw, "var(--raw)"),
    (FigurePalette.mark, "var(--mark)"), (FigurePalette.cut, "var(--quiet)"),
    (FigurePalette.plateau, "var(--plateau)"), (FigurePalette.band, "var(--band)"),
    (FigurePalette.interval, "var(--interval)"), (FigurePalette.paper, "var(--paper)"),
  ]

  /// A colour `#rrggbb` as gnuplot writes it: padded in lines, unpadded in texts.
  private static func written(_ colour: String, padded: Bool) -> String {
    let digits = Array(colour.dropFirst())
    let parts = stride(from: 0, to: 6, by: 2).map { index -> String in
      let value = Int(String(digits[index...(index + 1)]), radix: 16) ?? 0
      return padded ? String(repeating: " ", count: 3 - "\(value)".count) + "\(value)" : "\(value)"
    }
    return "rgb(\(parts.joined(separator: padded ? ", " : ",")))"
  }
}
