import CurveModel
import DatasetKit
import ImageCodec
import Reporting

/// A contact sheet that is to be drawn; everything that can be wrong with it is found before the data are read.
struct SheetPlan {
  /// Where it is written.
  let path: String
  private let count: Int
  private let part: ContactSheet.Part

  /// The most pixels of a sheet: three bytes each are in memory.
  private static let mostPixels = 60_000_000
  private static let mostTiles = 10_000

  /// Plans a sheet of `count` photographs with sides of `side` pixels.
  ///
  /// - Throws: ``UsageError`` or ``DestinationError``.
  init(path: String, count: Int, isTraining: Bool, side: Int) throws {
    guard (1...Self.mostTiles).contains(count),
      ContactSheet.pixels(count: count, side: side) <= Self.mostPixels
    else {
      throw UsageError(
        "--count \(count): a sheet has at least one photograph and at most \(Self.mostPixels / 1_000_000) million "
          + "pixels; take fewer, or a smaller --size")
    }
    guard ["jpg", "jpeg"].contains(path.split(separator: ".").last?.lowercased()), path.contains(".") else {
      throw UsageError("--sheet \(path): it is written as JPEG; end the name in .jpg")
    }
    try Destination.check(path)
    self.path = path
    self.count = count
    part = isTraining ? .training : .validation
  }

  /// Draws photographs of a data set into the file.
  ///
  /// - Throws: `ReportingError.cannotWrite`; a sheet that was there before is as it was.
  func draw(_ data: Dataset) throws {
    guard let sheet = ContactSheet(of: data, part, count: count) else {
      preconditionFailure("a sheet is planned of photographs alone")
    }
    try AtomicFile.write(sheet.picture.jpeg(), to: path)
  }
}
