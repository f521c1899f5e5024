import DatasetKit
import ImageCodec
import Reporting

/// Badly classified samples with their pictures.
struct WorstPictures {
  let samples: Samples

  /// Pictures with shorter sides than this are enlarged, in pixels.
  private static let smallest = 64
  /// To at least so many pixels.
  private static let enlarged = 120
  private static let quality = 88

  /// The sample, what it is called, and its picture where it is one.
  subscript(_ sample: ClassifiedSample) -> TrainingContent.WorstSample {
    guard let picture = samples.picture(of: sample.index) else {
      return .init(sample: sample, name: Self.name(of: sample.index, in: samples), jpeg: nil)
    }
    let factor = Self.factor(picture)
    // Only a picture beyond all sizes cannot be encoded; its numbers are shown all the same.
    let jpeg = try? (factor > 1 ? picture.enlarged(factor) : picture).jpeg(quality: Self.quality)
    return .init(
      sample: sample, name: Self.name(of: sample.index, in: samples), jpeg: jpeg, isEnlarged: factor > 1)
  }

  /// The sample's file, or its number among the held-out samples.
  static func name(of index: Int, in samples: Samples) -> String {
    samples.file(of: index) ?? "held-out sample \(index)"
  }

  /// A multiple of 8: JPEG's blocks then have one colour each, and nothing is blurred.
  private static func factor(_ picture: Picture) -> Int {
    let side = max(picture.width, picture.height)
    return side < smallest ? max(8, (enlarged / side + 7) / 8 * 8) : 1
  }
}

extension Picture {
  /// The picture with every pixel as a square of `factor` pixels.
  fileprivate func enlarged(_ factor: Int) -> Picture {
    var rgb: [UInt8] = []
    rgb.reserveCapacity(self.rgb.count * factor * factor)
    for row in 0..<height {
      let line = (0..<width).flatMap { column -> [UInt8] in
        let place = 3 * (row * width + column)
        return Array(repeatElement(self.rgb[place..<place + 3], count: factor).joined())
      }
      for _ in 0..<factor { rgb += line }
    }
    return Picture(width: width * factor, height: height * factor, rgb: rgb)
  }
}
