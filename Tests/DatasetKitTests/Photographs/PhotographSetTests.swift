import Foundation
import ImageCodec
import TestSupport
import Testing
import TrainingEngine

@testable import DatasetKit

/// A folder of photographs that a test draws.
struct DrawnPhotographs {
  let data: TemporaryData
  var path: String { data.url.path + "/photographs" }

  init() throws {
    data = try TemporaryData()
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  /// A picture whose brightness grows to the right by `slope` a pixel.
  static func picture(_ seed: Int, width: Int = 40, height: Int = 30) throws -> [UInt8] {
    var picture = Picture(width: width, height: height, red: 0, green: 0, blue: 0)
    for place in 0..<width * height {
      let (x, y) = (place % width, place / width)
      picture.rgb[3 * place] = UInt8(truncatingIfNeeded: x * 5 + seed * 31)
      picture.rgb[3 * place + 1] = UInt8(truncatingIfNeeded: y * 7 + seed * 17)
      picture.rgb[3 * place + 2] = UInt8(truncatingIfNeeded: seed * 57)
    }
    return try picture.jpeg()
  }

  func write(_ bytes: some Sequence<UInt8>, to name: String) throws {
    let file = URL(fileURLWithPath: "\(path)/\(name)")
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  /// So many photographs in the folder of a class.
  func add(_ count: Int, of label: String) throws {
    for index in 0..<count { try write(Self.picture(index + 10 * label.count), to: "\(label)/\(index).jpg") }
  }

  func load(_ options: PhotographOptions = PhotographOptions(side: 16)) throws -> Dataset {
    try Dataset.load(path, from: DataFolders(paths: []), photographs: options)
  }
}

@Suite("Photographs in folders")
struct PhotographSetTests {
  @Test func `Classes are the folders' names in the order of bytes, and a fifth is held out`() throws {
    let photographs = try DrawnPhotographs()
    for (label, count) in [("b", 10), ("Z", 5), ("ä", 7)] { try photographs.add(count, of: label) }
    let data = try photographs.load()
    #expect(data.name == "photographs" && data.classNames == ["Z", "b", "ä"] && data.outputCount == 3)
    #expect(data.sampleShape == [16, 16, 3] && data.loss == .crossEntropy && data.skipped == [])
    #expect(data.train.labels.sorted() == [0, 0, 0, 0] + [1, 1, 1, 1, 1, 1, 1, 1] + [2, 2, 2, 2, 2, 2])
    #expect(data.validation.labels.sorted() == [0, 1, 1, 2])
    #expect(try photographs.load() == data)
  }

  @Test func `What a cache has is not read again, and gives the same samples`() throws {
    let photographs = try DrawnPhotographs()
    for label in ["a", "b"] { try photographs.add(5, of: label) }
    let cache = PhotographCache()
    func load(_ options: PhotographOptions) throws -> Dataset {
      try Dataset.load(photographs.path, from: DataFolders(paths: []), photographs: options, cache: cache)
    }
    let first = try load(PhotographOptions(side: 16))
    #expect(try first == photographs.load())
    // Whoever reads this file again finds that it is no photograph.
    try photographs.write(Array("<html>".utf8), to: "a/0.jpg")
    #expect(try load(PhotographOptions(side: 16)) == first)
    #expect(try load(PhotographOptions(labels: .parentFolder, side: 8)).sampleCount == 10)
    #expect(try photographs.load().sampleCount == 9)
  }

  @Test func `Everything that is no sound photograph is skipped with its reason`() throws {
    let photographs = try DrawnPhotographs()
    try photographs.add(5, of: "a")
    let good = try DrawnPhotographs.picture(1, width: 200, height: 150)
    for name in ["b/upper.JPG", "b/long.jpeg", "b/Mixed.JpEg", "b/c.d.jpg", "b/last.jpg"] {
      try photographs.write(good, to: name)
    }
    let broken: [(name: String, content: [UInt8], words: String)] = [
      ("b/empty.jpg", [], "empty file"), ("b/picture.jpg", [0x89, 0x50, 0x4e, 0x47, 13, 10], "PNG"),
      ("b/page.jpg", Array("<html>".utf8), "text page"),
      ("b/cut.jpg", Array(good.prefix(good.count / 2)), "damaged"),
      ("b/head.jpg", Array(good.prefix(30)), "damaged"),
      ("b/noise.jpg", [UInt8](repeating: 7, count: 999), "no JPEG"),
      ("b/huge.jpg", Self.withSides(65_000, of: good), "more than the limit"),
      ("root.jpg", good, "finds no class"),
    ]
    for (name, content, _) in broken { try photographs.write(content, to: name) }
    // What is not looked at: other endings, hidden files.
    for name in ["b/notes.txt", "b/.hidden.jpg", ".hidden/x.jpg", "b/jpg"] {
      try photographs.write(good, to: name)
    }
    let files = FileManager.default
    try files.createSymbolicLink(atPath: "\(photographs.path)/b/dead.jpg", withDestinationPath: "nowhere")
    try files.createSymbolicLink(atPath: "\(photographs.path)/b/linked.jpg", withDestinationPath: "last.jpg")
    try files.createSymbolicLink(atPath: "\(photographs.path)/b/folder.jpg", withDestinationPath: "..")
    try files.createSymbolicLink(atPath: "\(photographs.path)/b/loop", withDestinationPath: "..")
    try files.createSymbolicLink(atPath: "\(photographs.path)/b/zero.jpg", withDestinationPath: "/dev/zero")
    #expect(mkfifo("\(photographs.path)/b/pipe.jpg", 0o600) == 0)
    try photographs.write(good, to: "b/other.png")
    let data = try photographs.load()
    #expect(data.classNames == ["a", "b"] && data.train.count + data.validation.count == 11)
    for (name, _, words) in broken {
      #expect(
        data.skipped.first { $0.path == name }?.reason.contains(words) == true, "\(name): \(data.skipped)")
    }
    let special = ["b/dead.jpg", "b/folder.jpg", "b/pipe.jpg", "b/zero.jpg", "b/other.png"]
    for name in special { #expect(data.skipped.contains { $0.path == name }, "\(name)") }
    #expect(data.skipped.count == broken.count + special.count)
    #expect(
      data.skipped.map(\.path)
        == data.skipped.map(\.path).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }

  /// The file with other sides in its frame header.
  private static func withSides(_ side: Int, of jpeg: [UInt8]) -> [UInt8] {
    var bytes = jpeg
    guard let frame = bytes.indices.dropLast(9).first(where: { bytes[$0] == 0xff && bytes[$0 + 1] == 0xc0 })
    else { return [] }
    for place in [frame + 5, frame + 7] {
      (bytes[place], bytes[place + 1]) = (UInt8(side >> 8), UInt8(side & 255))
    }
    return bytes
  }

  @Test(arguments: ["cmyk.jpg", "grey.jpg", "progressive.jpg", "rgb.jpg", "orientation-6.jpg"])
  func `Other colours, several scans and turned cameras are decoded`(_ name: String) throws {
    let file = GoldenFolders.repositoryRoot.appending(path: "Tests/ImageCodecTests/Fixtures/pictures/\(name)")
    let content = try Data(contentsOf: file)
    let photographs = try DrawnPhotographs()
    for label in ["a", "b"] {
      for index in 0..<5 { try photographs.write(content, to: "\(label)/\(index).jpg") }
    }
    let data = try photographs.load()
    #expect(data.skipped == [] && data.train.count == 8)
    #expect(data.train.inputs(of: 0).allSatisfy { $0.isFinite })
  }

  @Test func `A photograph is held as its Exif data say`() throws {
    let folder = GoldenFolders.repositoryRoot.appending(path: "Tests/ImageCodecTests/Fixtures/pictures")
    let photographs = try DrawnPhotographs()
    // The same stored picture, with and without half a turn.
    for orientation in [1, 3] {
      let content = try Data(contentsOf: folder.appending(path: "orientation-\(orientation).jpg"))
      for index in 0..<5 { try photographs.write(content, to: "\(orientation)/\(index).jpg") }
    }
    let data = try photographs.load(PhotographOptions(side: 32))
    let upright = try #require(data.train.labels.firstIndex(of: 0))
    let turned = try #require(data.train.labels.firstIndex(of: 1))
    let (expected, found) = (data.train.inputs(of: upright), data.train.inputs(of: turned))
    func difference(_ pixel: (Int) -> Int) -> Float {
      var sum: Float = 0
      for place in 0..<32 * 32 {
        for channel in 0..<3 { sum += abs(expected[3 * place + channel] - found[3 * pixel(place) + channel]) }
      }
      return sum / Float(expected.count)
    }
    // The crop of an odd rest differs by a pixel of the file.
    #expect(difference { 1023 - $0 } < 0.3 * difference { $0 })
  }

  @Test func `Folders without two classes, photographs or permission are refused with the reason`() throws {
    let photographs = try DrawnPhotographs()
    func refusal(_ options: PhotographOptions = PhotographOptions(side: 16)) -> String {
      do {
        _ = try photographs.load(options)
        return "it was loaded"
      } catch { return "\(error)" }
    }
    #expect(refusal().contains("no JPEG files"))
    try photographs.write(Array("<html>".utf8), to: "a/page.jpg")
    #expect(refusal().contains("none of its 1 photographs can be decoded (a/page.jpg"))
    try photographs.add(5, of: "a")
    #expect(refusal().contains(#"finds one class, "a", in 5 of 6 photographs"#), "\(refusal())")
    #expect(refusal(PhotographOptions(labels: .pattern("(x)"), side: 16)).contains("finds no class in 6"))
    try photographs.add(4, of: "b")
    #expect(try photographs.load().validation.labels == [0])
    for index in 0..<5 { try FileManager.default.removeItem(atPath: "\(photographs.path)/a/\(index).jpg") }
    try photographs.add(4, of: "a")
    #expect(refusal().contains("no class has five"))
    #expect {
      try Dataset.load("./nowhere", from: DataFolders(paths: []))
    } throws: { error in
      guard case DatasetError.unreadable = error else { return false }
      return true
    }
    // A file is no folder, whoever asks.
    #expect {
      try Dataset.load("\(photographs.path)/b/0.jpg", from: DataFolders(paths: []))
    } throws: { error in
      guard case DatasetError.unreadable(_, let reason) = error else { return false }
      return reason.contains("Not a directory")
    }
    // Root may read everything.
    guard getuid() != 0 else { return }
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: "\(photographs.path)/b")
    #expect(refusal().contains("/b"))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(photographs.path)/b")
  }

  @Test func `A rule for strata that finds nothing in some files leaves them out; in all, it is refused`()
    throws
  {
    let photographs = try DrawnPhotographs()
    for label in ["a", "b"] { try photographs.add(5, of: label) }
    try photographs.write(DrawnPhotographs.picture(3), to: "a/other.jpg")
    let data = try photographs.load(PhotographOptions(strata: .pattern(#"\d(\.jpg)"#), side: 16))
    #expect(data.skipped.map(\.path) == ["a/other.jpg"])
    #expect(data.skipped[0].reason.contains("--stratify finds nothing"))
    #expect {
      try photographs.load(PhotographOptions(strata: .pattern("(x)"), side: 16))
    } throws: { "\($0)".contains("the rule (x) finds nothing in 11 photographs; choose another --stratify") }
  }

  @Test func `Sets of other photographs, contents or classes have other versions`() throws {
    let photographs = try DrawnPhotographs()
    for label in ["a", "b"] { try photographs.add(5, of: label) }
    var announced: [Int] = []
    let first = try Dataset.load(
      photographs.path, from: DataFolders(paths: []), willRead: { announced.append($0) })
    #expect(announced == [10] && first.sampleCount == 10 && first.photographVersion?.count == 16)
    var versions = [first.photographVersion]
    versions.append(
      try photographs.load(PhotographOptions(labels: .pattern("(.)"), strata: .pattern("(jpg)"), side: 16))
        .photographVersion)
    try photographs.write(DrawnPhotographs.picture(77), to: "a/1.jpg")
    versions.append(try photographs.load().photographVersion)
    try photographs.write(DrawnPhotographs.picture(78), to: "a/9.jpg")
    versions.append(try photographs.load().photographVersion)
    #expect(Set(versions).count == 4)
    // The size and the split are told by labels of their own.
    #expect(try photographs.load(PhotographOptions(side: 8, splitSeed: 3)).photographVersion == versions[3])
  }

  @Test func `Advice suits the reason, and a folder without its slash is recognised`() {
    func text(_ reason: Int32) -> String {
      DatasetError.unreadable(path: "x", reason: String(cString: strerror(reason))).description
    }
    #expect(text(ENOENT).hasSuffix("; check its path") && text(EACCES).hasSuffix("; check its permissions"))
    #expect {
      try Dataset.load("./nowhere", from: DataFolders(paths: []))
    } throws: { "\($0)" == "cannot read ./nowhere: No such file or directory; check its path" }
  }

  @Test func `Thousands of classes are as good as two`() throws {
    let photographs = try DrawnPhotographs()
    let content = try DrawnPhotographs.picture(0, width: 8, height: 8)
    for label in 0..<2000 { try photographs.write(content, to: "\(label)_x/a.jpg") }
    for index in 0..<5 { try photographs.write(content, to: "7_x/b\(index).jpg") }
    let data = try photographs.load(PhotographOptions(side: 8))
    #expect(data.outputCount == 2000 && data.validation.count == 1 && data.train.count == 2004)
    #expect(data.classNames[Int(data.validation.labels[0])] == "7_x")
  }
}
