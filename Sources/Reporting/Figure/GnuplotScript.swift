internal import CurveModel

/// A figure as a gnuplot script with inline data: complete, reproducible, without any file of its own.
///
/// Every text of the figure stands between single quotes, where gnuplot neither runs commands in backquotes
/// nor expands macros nor reads backslashes, and is drawn without its markup (`noenhanced`). Made for gnuplot
/// 5.2 and later.
public struct GnuplotScript: Sendable, Equatable {
  /// The data blocks.
  public let data: String
  /// The commands that draw them.
  public let commands: String

  /// The whole script, to be given to gnuplot's standard input; the picture comes out of its standard output.
  public var text: String { data + commands }

  /// The script that draws a figure.
  ///
  /// - Parameters:
  ///   - figure: What is shown.
  ///   - size: Its size; the height grows where the texts need more.
  ///   - format: What the script draws; `gp` is a script that draws PDF.
  public init(_ figure: CurveFigure, size: FigureSize = FigureSize(), format: FigureFormat) {
    let layout = FigureLayout.layout(of: figure, size: size)
    let hoverTexts = format == .svg
    // The SVG terminal draws points a third larger than the others.
    let pointScale: Double = format == .svg ? 0.75 : 1
    let blocks = FigureData(figure, layout, hoverTexts: hoverTexts, pointScale: pointScale)
    let drawing = FigureDrawing(layout: layout, hoverTexts: hoverTexts, pointScale: pointScale)
    let opening =
      format == .gp
      ? """
      # A learning-rate finder figure. This script writes a PDF to standard output:
      #   gnuplot FIGURE.gp > FIGURE.pdf

      """ : ""
    data = opening + blocks.text
    commands = """
      set encoding utf8
      \(Self.terminal(format, width: layout.width, height: layout.height))
      \(drawing.axes)
      \(drawing.header)
      \(drawing.strip)
      \(drawing.texts)
      \(drawing.dots(of: figure))
      \(blocks.plot)

      """
  }

  /// The terminal of a format; the font scales make the texts as wide as in SVG, where a font of 12 is 12
  /// points high.
  static func terminal(_ format: FigureFormat, width: Double, height: Double) -> String {
    let size = "\(Int(width)),\(Int(height))"
    return switch format {
    case .svg: "set terminal svg size \(size) enhanced background '#ffffff' font 'sans-serif,12'"
    case .png:
      "set terminal pngcairo size \(2 * Int(width)),\(2 * Int(height)) enhanced fontscale 1.5"
        + " linewidth 2 pointscale 2"
        + " background '#ffffff' font 'Sans,12'"
    case .pdf, .gp:
      "set terminal pdfcairo size \(NumberText.fixed(width / 96, fractionDigits: 4))in,"
        + "\(NumberText.fixed(height / 96, fractionDigits: 4))in enhanced fontscale 0.5625 linewidth 1"
        + " background '#ffffff' font 'Sans,12'"
    }
  }

  /// A text as a gnuplot string that means its cleaned self, with typographic apostrophes.
  ///
  /// Doubling them would not be enough: gnuplot 5.4 takes a doubled quote at the start of a string for an
  /// empty string, and what follows for commands.
  static func quoted(_ text: String) -> String {
    "'" + FigureText.cleaned(text).replacing("'", with: "’") + "'"
  }
}
