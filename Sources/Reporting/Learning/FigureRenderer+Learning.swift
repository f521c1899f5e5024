extension FigureRenderer {
  /// Draws a learning curve and writes it to a file, in the format that the file's ending names.
  ///
  /// - Throws: ``ReportingError``: `unsupportedFormat` before anything is drawn; `programMissing` and `programFailed`
  ///   from drawing; `cannotWrite` from writing.
  public func write(_ curve: LearningCurve, to path: String) async throws {
    let format = try FigureFormat(path: path)
    try AtomicFile.write(await picture(of: curve, format: format), to: path)
  }

  /// The bytes of a learning curve's picture, 800 points wide; the same curve gives the same bytes.
  ///
  /// - Throws: ``ReportingError``: `programMissing` or `programFailed`; the script format (`gp`) needs no program.
  public func picture(of curve: LearningCurve, format: FigureFormat) async throws -> [UInt8] {
    let script = LearningFigure(curve: curve, format: format, isTitled: true).script.text(format)
    let opening =
      format == .gp
      ? """
      # The learning curve of a training. This script writes a PDF to standard output:
      #   gnuplot FIGURE.gp > FIGURE.pdf

      """ : ""
    return try await drawn(opening + script, as: format, title: curve.title)
  }

  /// Makes sure that the program is there and draws, before work whose result it is to draw.
  ///
  /// - Throws: ``ReportingError``: `programMissing` or `programFailed`.
  public func check() async throws {
    _ = try await Gnuplot(program: program).output(of: "set print '-'\nprint GPVAL_VERSION\n")
  }
}
