import Foundation
import ImageCodec
import RandomStreams

/// A folder of painted photographs, named as the Oxford-IIIT Pets are: two breeds of cats and two of dogs, each with colours
/// of its own.
enum PaintedPets {
  private static let breeds: [(name: String, color: (Int, Int, Int))] = [
    ("Abyssinian", (200, 90, 60)), ("Bengal", (200, 160, 60)), ("beagle", (60, 90, 200)),
    ("pug", (60, 180, 160)),
  ]

  /// Writes twenty photographs of each breed.
  static func write(into folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var stream = RandomStream(seed: 0, purpose: .init(rawValue: "painted-pets"))
    for (name, color) in breeds {
      for number in 1...20 {
        var rgb: [UInt8] = []
        for _ in 0..<48 * 40 {
          for base in [color.0, color.1, color.2] {
            rgb.append(UInt8(min(max(base + stream.integer(below: 81) - 40, 0), 255)))
          }
        }
        let bytes = try Picture(width: 48, height: 40, rgb: rgb).jpeg(quality: 90)
        try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)_\(number).jpg"))
      }
    }
  }
}
