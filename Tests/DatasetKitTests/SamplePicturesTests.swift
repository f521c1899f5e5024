import Foundation
import ImageCodec
import Testing
import TrainingEngine

@testable import DatasetKit

@Suite("Samples as pictures")
struct SamplePicturesTests {
  @Test func `Grey pictures keep their bytes, the largest of the set white`() throws {
    let all = try Digits.samples(from: TemporaryData.shipped)
    let picture = try #require(all.picture(of: 0))
    #expect(picture.width == 8 && picture.height == 8)
    // The first line of the file is 0, 0, 5, 13, 9, 1, 0, 0 of 16.
    let row = stride(from: 0, to: 24, by: 3).map { Int(picture.rgb[$0]) }
    #expect(row == [0, 0, 5, 13, 9, 1, 0, 0].map { 255 * $0 / 16 })
    #expect(stride(from: 0, to: 192, by: 3).allSatisfy { picture.rgb[$0] == picture.rgb[$0 + 2] })
    #expect(all.file(of: 0) == nil)
  }

  @Test func `Coloured bytes are the picture, other shapes none`() {
    let bytes = (0..<24).map { UInt8(10 * $0) }
    let scaling = ByteScaling(scale: 1)
    let coloured = Samples(.bytes(bytes, scaling), labels: [0, 1], shape: [2, 2, 3])
    #expect(coloured.picture(of: 1)?.rgb == bytes[12...].map { UInt8(255 * Int($0) / 230) })
    #expect(Samples(.bytes(bytes, scaling), labels: [0], shape: [24]).picture(of: 0) == nil)
    #expect(Samples(.bytes(bytes, scaling), labels: [0, 1], shape: [2, 3, 2]).picture(of: 0) == nil)
    #expect(Samples(.numbers([1, 2, 3]), labels: [0], shape: [1, 1, 3]).picture(of: 0) == nil)
    let black = Samples(.bytes([0, 0], scaling), labels: [0], shape: [1, 2, 1])
    #expect(black.picture(of: 0)?.rgb == [0, 0, 0, 0, 0, 0])
  }

  @Test func `A photograph is its middle, and its file is known`() throws {
    let data = try TemporaryData()
    for (folder, red) in [("a", UInt8(250)), ("b", 10)] {
      for number in 0..<5 {
        let picture = Picture(width: 30, height: 20, red: red, green: 100, blue: 50)
        try data.writeRaw(picture.jpeg(), to: "\(number).jpg", of: "set/\(folder)")
      }
    }
    let set = try Dataset.load(
      data.url.path + "/set", from: DataFolders(paths: []), photographs: PhotographOptions(side: 16))
    #expect(set.validation.count == 2)
    for index in 0..<2 {
      let picture = try #require(set.validation.picture(of: index))
      #expect(picture.width == 16 && picture.height == 16)
      let isRed = picture.rgb[0] > 128
      let file = try #require(set.validation.file(of: index))
      #expect(file.contains(isRed ? "/set/a/" : "/set/b/") && FileManager.default.fileExists(atPath: file))
      #expect(set.classNames[Int(set.validation.labels[index])] == (isRed ? "a" : "b"))
    }
  }
}
