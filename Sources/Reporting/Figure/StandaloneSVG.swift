/// Makes gnuplot's SVG stand alone: hover texts as the format's own titles instead of a script's handlers.
///
/// gnuplot shows hover texts by a script that the file refers to or holds, and writes the texts into that
/// script's calls. An SVG `title` element needs no script, so the picture works in every viewer, and nothing
/// in it can run.
enum StandaloneSVG {
  /// The picture without handlers and plot names, with its own title.
  static func standalone(_ svg: String, title: String) -> String {
    var lines: [Substring] = []
    for line in svg.split(separator: "\n", omittingEmptySubsequences: false) {
      lines.append(Substring(rewritten(String(line), title: title)))
    }
    return lines.joined(separator: "\n")
  }

  private static func rewritten(_ line: String, title: String) -> String {
    if line.contains("<title>Gnuplot</title>") {
      return "<title>\(escaped(FigureText.cleaned(title)))</title>"
    }
    // Lines of text hold the user's words, which may look like anything.
    guard !line.contains("<text>") else { return repaired(line) }
    // gnuplot's terminal knows a font's name only.
    var line = line.replacing(":Bold\"", with: "\" font-weight=\"bold\"")
    if let text = between("<g onmousemove=\"gnuplot_svg.showHypertext(evt,'", "')\" onmouseout=", in: line),
      let start = line.firstRange(of: "<g onmousemove="), let end = line.firstRange(of: "<title> </title>")
    {
      line.replaceSubrange(
        start.lowerBound..<end.upperBound, with: "<g><title>\(repaired(String(text)))</title>")
    }
    if let name = between("<title>gnuplot_plot_", "</title>", in: line) {
      line = line.replacing("<title>gnuplot_plot_\(name)</title>", with: "")
    }
    return withoutHandlers(line)
  }

  /// The text with what gnuplot leaves unescaped: `]]>`, which XML allows in no text, and `&#`, which would
  /// begin a character that the text only names.
  private static func repaired(_ text: String) -> String {
    text.replacing("]]>", with: "]]&gt;").replacing("&#", with: "&amp;#")
  }

  /// The line without attributes that call gnuplot's script.
  private static func withoutHandlers(_ line: String) -> String {
    line.replacing(#/ on[a-z]+="[^"]*gnuplot_svg[^"]*"/#, with: "")
  }

  private static func between(_ start: String, _ end: String, in line: String) -> Substring? {
    guard let head = line.firstRange(of: start) else { return nil }
    let rest = line[head.upperBound...]
    guard let tail = rest.firstRange(of: end) else { return nil }
    return rest[..<tail.lowerBound]
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
