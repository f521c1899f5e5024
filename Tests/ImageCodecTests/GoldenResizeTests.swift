import Foundation
import ImageCodec
import TestSupport
import Testing

/// Pillow's and fastai's own results, on drawings of the fixtures and on photographs beside the project.
@Suite struct GoldenResizeTests {
  @Test("Drawings of every kind of JPEG are resized as Pillow resizes them")
  func drawings() throws {
    let file = try SafetensorsFile(Fixture.folder.appending(path: "tensors/picture-resize.safetensors"))
    let names = file.tensors.keys.sorted()
    #expect(names.count == 7)
    for name in names {
      let golden = try file.tensor(name)
      let bytes = try Fixture.picture(String(name.split(separator: "|")[0]))
      for precision in [JPEGPicture.Precision.full, .fast] {
        let picture = try JPEGPicture(bytes).resized(
          width: golden.shape[1], height: golden.shape[0], precision: precision)
        let difference = meanAbsoluteDifference(picture, golden.values)
        #expect(difference <= (precision == .full ? 1 : 2), "\(name) \(precision): \(difference)")
      }
    }
  }

  @Test(
    "Photographs are resized as fastai's Resize(224) does",
    .enabled(if: Photographs.areHere, "needs ../shared/datasets/oxford-pets-sample"))
  func photographs() throws {
    let files = goldenFiles(in: "tensors") { $0.hasPrefix("image-resize") }
    #expect(!files.isEmpty)
    for file in try files.map(SafetensorsFile.init) {
      for name in file.tensors.keys.sorted() where name.contains("|resize") {
        let golden = try file.tensor(name)
        let photograph = Photographs.folder.appending(path: String(name.split(separator: "|")[0]))
        let bytes = [UInt8](try Data(contentsOf: photograph))
        for precision in [JPEGPicture.Precision.full, .fast] {
          let picture = try JPEGPicture(bytes).resized(
            width: golden.shape[1], height: golden.shape[0], precision: precision)
          let difference = meanAbsoluteDifference(picture, golden.values)
          #expect(difference <= (precision == .full ? 1 : 2), "\(name) \(precision): \(difference)")
        }
      }
    }
  }

  @Test(
    "Scaling while decoding changes photographs by less than 2 of 255 on average",
    .enabled(if: Photographs.areHere, "needs ../shared/datasets/oxford-pets-sample"),
    arguments: [32, 64, 160])
  func scaledDecoding(side: Int) throws {
    let differences = try Photographs.first(10).map { bytes in
      let full = try JPEGPicture(bytes).resized(width: side, height: side, precision: .full)
      let fast = try JPEGPicture(bytes).resized(width: side, height: side)
      return meanAbsoluteDifference(fast, full.rgb.map(Double.init))
    }
    #expect(differences.reduce(0, +) / 10 < 2)
  }
}
