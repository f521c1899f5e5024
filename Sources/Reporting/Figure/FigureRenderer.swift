/// Draws figures with the gnuplot program and writes them to files.
///
/// A picture is drawn into memory and checked before anything is written; then it is written beside its place
/// and renamed, so that a file is never half a picture, and an old one stays until the new one is whole.
public struct FigureRenderer: Sendable {
  /// The program's name, looked up in `PATH`, or a path to it.
  public let program: String

  /// A renderer that uses the given program.
  public init(program: String = "gnuplot") {
    self.program = program
  }

  /// Draws a figure and writes it to a file, in the format that the file's ending names.
  ///
  /// - Throws: ``ReportingError``: `unsupportedFormat` before anything is drawn; `programMissing` and
  ///   `programFailed` from drawing; `cannotWrite` from writing.
  public func write(_ figure: CurveFigure, to path: String, size: FigureSize = FigureSize()) async throws {
    let format = try FigureFormat(path: path)
    try AtomicFile.write(await picture(of: figure, size: size, format: format), to: path)
  }

  /// The bytes of a figure in a format.
  ///
  /// The script format (`gp`) needs no program.
  ///
  /// - Throws: ``ReportingError``: `programMissing` or `programFailed`.
  public func picture(
    of figure: CurveFigure, size: FigureSize = FigureSize(), format: FigureFormat
  ) async throws -> [UInt8] {
    try await drawn(
      GnuplotScript(figure, size: size, format: format).text, as: format, title: figure.title)
  }

  /// What the program makes of a script, as a file of a format holds it.
  func drawn(_ script: String, as format: FigureFormat, title: String) async throws -> [UInt8] {
    let drawn = format == .gp ? Array(script.utf8) : try await Gnuplot(program: program).output(of: script)
    switch format {
    case .svg:
      return Array(StandaloneSVG.standalone(String(decoding: drawn, as: UTF8.self), title: title).utf8)
    case .pdf: return Self.undated(drawn)
    case .png, .gp: return drawn
    }
  }

  /// The page with the time of its creation put to 1 January 1970, so that the same figure gives the same
  /// bytes.
  private static func undated(_ page: [UInt8]) -> [UInt8] {
    let key = Array("/CreationDate (D:".utf8)
    let fixed = Array("19700101000000".utf8)
    guard let place = page.firstRange(of: key), place.upperBound + fixed.count <= page.count else {
      return page
    }
    var page = page
    page.replaceSubrange(place.upperBound..<place.upperBound + fixed.count, with: fixed)
    return page
  }
}
