import ImageCodec
import Testing

@Suite struct JPEGPictureTests {
  @Test(
    "A header says what the file holds",
    arguments: [
      ("rgb.jpg", JPEGHeader.Colors.ycbcr, false), ("grey.jpg", .grey, false), ("cmyk.jpg", .cmyk, false),
      ("progressive.jpg", .ycbcr, true),
    ])
  func header(name: String, colors: JPEGHeader.Colors, isProgressive: Bool) throws {
    let header = try JPEGPicture(Fixture.picture(name)).header
    #expect(header.storedWidth == 97 && header.storedHeight == 64)
    #expect(header.colors == colors && header.isProgressive == isProgressive)
  }

  @Test("Exif's eight orientations are turned as their names say", arguments: PictureOrientation.allCases)
  func orientation(_ orientation: PictureOrientation) throws {
    let file = try Fixture.picture("orientation-\(orientation.rawValue).jpg")
    let header = try JPEGPicture(file).header
    #expect(header.orientation == orientation)
    let sides = orientation.rawValue < 5 ? (97, 64) : (64, 97)
    #expect(header.width == sides.0 && header.height == sides.1)
    let picture = try JPEGPicture(file).resized(
      width: sides.0, height: sides.1, crop: .squish, precision: .full)
    // The red corner is stored at the top left: where Exif says that row 0 and column 0 are.
    let corners: [(isRight: Bool, isBelow: Bool)] = [
      (false, false), (true, false), (true, true), (false, true), (false, false), (true, false), (true, true),
      (false, true),
    ]
    let corner = corners[orientation.rawValue - 1]
    let (x, y) = (corner.isRight ? picture.width - 4 : 3, corner.isBelow ? picture.height - 4 : 3)
    let pixel = picture.rgb[(3 * (y * picture.width + x))...].prefix(3).map(Int.init)
    #expect(pixel[0] > 220 && pixel[1] < 60 && pixel[2] < 60)
  }

  @Test("A turned picture is cropped where it looks to be", arguments: PictureOrientation.allCases)
  func turnedCrop(_ orientation: PictureOrientation) throws {
    let file = try Fixture.picture("orientation-\(orientation.rawValue).jpg")
    let header = try JPEGPicture(file).header
    let whole = try JPEGPicture(file).resized(
      width: header.width, height: header.height, crop: .squish, precision: .full)
    let crop = try JPEGPicture(file).resized(
      width: 64, height: 64, crop: .place(horizontal: 1, vertical: 1), precision: .full)
    var expected: [UInt8] = []
    for y in whole.height - 64..<whole.height {
      let start = 3 * (y * whole.width + whole.width - 64)
      expected += whole.rgb[start..<start + 3 * 64]
    }
    #expect(crop.rgb == expected)
  }

  @Test("A packed picture unpacks to nearly itself")
  func roundTrip() throws {
    var picture = Picture(width: 48, height: 32, red: 10, green: 120, blue: 200)
    picture.draw(Picture(width: 16, height: 16, red: 240, green: 240, blue: 10), x: 16, y: 16)
    let bytes = try picture.jpeg(quality: 95)
    let again = try JPEGPicture(bytes).resized(width: 48, height: 32, crop: .squish, precision: .full)
    #expect(meanAbsoluteDifference(again, picture.rgb.map(Double.init)) < 4)
    #expect(try picture.jpeg(quality: 95) == bytes)
  }

  @Test("An enlarged picture of one colour keeps it", arguments: [1, 7, 200, 801])
  func enlarging(side: Int) throws {
    let bytes = try Picture(width: 5, height: 3, red: 90, green: 90, blue: 90).jpeg(quality: 100)
    let picture = try JPEGPicture(bytes).resized(width: side, height: side)
    #expect(picture.rgb.allSatisfy { abs(Int($0) - 90) <= 1 })
  }

  @Test("Other content is named")
  func otherContent() throws {
    #expect(throws: JPEGError.notJPEG(kind: "PNG")) {
      _ = try JPEGPicture([0x89, 0x50, 0x4e, 0x47, 1]).header
    }
    #expect(throws: JPEGError.notJPEG(kind: "an empty file")) { _ = try JPEGPicture([]).header }
  }

  @Test("A file that ends early is refused, not painted grey")
  func truncation() throws {
    let file = try Fixture.picture("rgb.jpg")
    for share in [0.3, 0.6, 0.9] {
      let head = Array(file.prefix(Int(Double(file.count) * share)))
      let refused = #expect(throws: JPEGError.self) {
        _ = try JPEGPicture(head).resized(width: 64, height: 64, crop: .squish)
      }
      #expect(refused?.description.contains("damaged") == true)
    }
  }

  @Test("More pixels than the limit are refused before any is decoded")
  func pixelLimit() throws {
    var file = try Fixture.picture("rgb.jpg")
    let frame = try #require(file.indices.first { file[$0] == 0xff && file[$0 + 1] == 0xc0 })
    file.replaceSubrange(frame + 5..<frame + 9, with: [0xff, 0x00, 0xff, 0x00])
    #expect(throws: JPEGError.tooLarge(width: 65280, height: 65280, limit: 100_000_000)) {
      _ = try JPEGPicture(file).header
    }
  }

  @Test(
    "Scaled values are the picture's bytes, mirrored where asked for", arguments: PictureOrientation.allCases)
  func values(_ orientation: PictureOrientation) throws {
    let file = try Fixture.picture("orientation-\(orientation.rawValue).jpg")
    let picture = try JPEGPicture(file).resized(width: 20, height: 14)
    let scaling = PixelScaling(mean: [10, 20, 30], deviation: [64, 128, 256])
    let values = try JPEGPicture(file).values(width: 20, height: 14, scaling: scaling)
    let mirrored = try JPEGPicture(file).values(width: 20, height: 14, isMirrored: true, scaling: scaling)
    for y in 0..<14 {
      for x in 0..<20 {
        for channel in 0..<3 {
          let (index, other) = (3 * (20 * y + x) + channel, 3 * (20 * y + 19 - x) + channel)
          let byte = values[index] * [64, 128, 256][channel] + [10, 20, 30][channel]
          #expect(abs(byte - Float(picture.rgb[index])) < 0.51)
          #expect(values[index] == mirrored[other])
        }
      }
    }
  }
}
