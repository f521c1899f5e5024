/// A learning-rate finder figure as lines of text: the curve in braille dots, suggestions as letters with a
/// key beneath.
public struct TerminalPlot: Sendable, Equatable {
  /// The columns that no line exceeds.
  public let width: Int
  /// The lines of title, plot and axis together; key and abstentions follow beneath.
  public let height: Int
  /// Whether to use ASCII characters only.
  public let ascii: Bool
  /// Whether to colour the marks and the curve by ANSI escape sequences.
  public let color: Bool

  /// A plot of a size in columns and lines; what is smaller than 40 × 8 is enlarged to that.
  public init(width: Int = 72, height: Int = 18, ascii: Bool = false, color: Bool = false) {
    self.width = max(width, 40)
    self.height = max(height, 8)
    self.ascii = ascii
    self.color = color
  }

  /// The figure's lines, joined by line feeds, without one at the end.
  public func text(of figure: CurveFigure) -> String {
    let page = TerminalPage(figure, style: self)
    return (page.title + page.plot + page.axis + page.notes + page.key + page.abstentions)
      .joined(separator: "\n")
  }
}
