/// The formats that figures are written in.
public enum FigureFormat: String, Sendable, CaseIterable {
  /// Scalable vector graphics, complete in one file, with rate and loss shown where the pointer rests.
  case svg
  /// A bitmap of two pixels a point.
  case png
  /// A page of the figure's own size.
  case pdf
  /// The gnuplot script with its data, which draws the figure as PDF.
  case gp

  /// The format that a path's ending names, in small or capital letters.
  ///
  /// - Throws: ``ReportingError/unsupportedFormat(path:)`` for every other ending.
  public init(path: String) throws(ReportingError) {
    let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 1, let ending = parts.last, let format = Self(rawValue: ending.lowercased()) else {
      throw .unsupportedFormat(path: path)
    }
    self = format
  }
}

/// The size of a figure in points; one point is one unit of SVG, two pixels of PNG and 1/96 inch of PDF.
public struct FigureSize: Sendable, Equatable {
  /// The least width, at least 480; a figure grows beyond it where a list needs more.
  public let width: Double
  /// The least height, at least 320; a figure grows beyond it where its texts need more.
  public let height: Double

  /// A size in points; what is smaller than 480 × 320 is enlarged to that.
  public init(width: Double = 800, height: Double = 480) {
    self.width = max(width, 480)
    self.height = max(height, 320)
  }
}
