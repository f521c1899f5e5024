import Foundation
import ImageCodec
import TestSupport

/// Drawings that scripts/golden/pictures.py has made.
enum Fixture {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

  static func picture(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appending(path: "pictures/\(name)")))
  }

  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path + "/pictures")) ?? [])
    .sorted()
}

/// The photographs beside the project; read only, never copied.
enum Photographs {
  static let folder = GoldenFolders.repositoryRoot.deletingLastPathComponent()
    .appending(path: "shared/datasets/oxford-pets-sample")
  static let areHere = FileManager.default.fileExists(atPath: folder.path)

  /// The first files of the cats.
  static func first(_ count: Int) throws -> [[UInt8]] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/cats").sorted()
    return try names.prefix(count).map { [UInt8](try Data(contentsOf: folder.appending(path: "cats/\($0)"))) }
  }
}

/// The mean over all bytes, in steps of 255.
func meanAbsoluteDifference(_ picture: Picture, _ values: [Double]) -> Double {
  precondition(picture.rgb.count == values.count, "pictures of different sizes")
  return zip(picture.rgb, values).reduce(0) { $0 + abs(Double($1.0) - $1.1) } / Double(values.count)
}
