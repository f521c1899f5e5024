/// Text as a picture can hold it.
enum FigureText {
  /// The text on one line: control characters, line separators and direction marks become spaces, runs of
  /// spaces one.
  ///
  /// Control characters are not allowed in SVG, and direction marks could make a label run out of its place.
  static func cleaned(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: " "
      default: scalar
      }
    }
    return String(String.UnicodeScalarView(scalars)).split(separator: " ").joined(separator: " ")
  }

  /// The cleaned text, cut at the end with an ellipsis until it is at most so wide.
  static func shortened(_ text: String, toWidth width: Double, fontSize: Double) -> String {
    let clean = cleaned(text)
    if self.width(of: clean, fontSize: fontSize) <= width { return clean }
    var kept = Substring(clean)
    while !kept.isEmpty, self.width(of: kept + "…", fontSize: fontSize) > width { kept.removeLast() }
    return kept + "…"
  }

  /// The cleaned text in lines of at most the given width, broken at spaces, the last of at most `most` lines
  /// shortened.
  static func wrapped(_ text: String, toWidth width: Double, fontSize: Double, most: Int) -> [String] {
    var lines: [String] = []
    var words = cleaned(text).split(separator: " ")[...]
    while !words.isEmpty, lines.count < most - 1 {
      var count = 1
      while count < words.count,
        self.width(of: words.prefix(count + 1).joined(separator: " "), fontSize: fontSize) <= width
      { count += 1 }
      lines.append(shortened(words.prefix(count).joined(separator: " "), toWidth: width, fontSize: fontSize))
      words = words.dropFirst(count)
    }
    return words.isEmpty
      ? lines : lines + [shortened(words.joined(separator: " "), toWidth: width, fontSize: fontSize)]
  }

  /// A width that the text does not exceed in DejaVu Sans, one of the widest sans-serif fonts, at a size in
  /// points.
  ///
  /// The classes are upper bounds of that font's advance widths in ems.
  static func width(of text: some StringProtocol, fontSize: Double) -> Double {
    let total: Double = text.unicodeScalars.reduce(into: 0) { sum, scalar in
      sum += ems(of: scalar)
    }
    return total * fontSize
  }

  private static func ems(of scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "I", "|", " ", ".", ",", ":", ";", "'", "!": 0.41
    case "-", "f", "r", "t", "(", ")", "[", "]": 0.42
    case "m", "w", "M", "W", "@", "%", "…", "—": 1.0
    case "0"..."9", "a"..."z": 0.64
    case "\u{20}"..."\u{7E}": 0.84
    // Other scripts and symbols: a full em, and a quarter more for the widest of them, as emoji.
    default: 1.25
    }
  }
}
