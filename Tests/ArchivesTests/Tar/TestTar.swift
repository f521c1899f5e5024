import Archives
import Foundation

/// A tar archive that a test builds block by block, sound or hostile.
struct TestTar {
  var bytes: [UInt8] = []

  /// A header, with its checksum; `edit` spoils it before that.
  static func header(
    _ name: String, type: Character = "0", size: String, prefix: String = "", target: String = "",
    magic: String = "ustar\u{0}00", _ edit: (inout [UInt8]) -> Void = { _ in }
  ) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at place: Int) {
      block.replaceSubrange(place..<place + text.utf8.count, with: Array(text.utf8))
    }
    put(name, at: 0)
    put("0000644\u{0}0000000\u{0}0000000\u{0}\(size)", at: 100)
    put("00000000000 ", at: 136)
    put(String(repeating: " ", count: 8), at: 148)
    put(String(type) + target, at: 156)
    put(magic, at: 257)
    put(prefix, at: 345)
    edit(&block)
    let sum = String(block.reduce(0) { $0 + Int($1) }, radix: 8)
    put(String(repeating: "0", count: 6 - sum.count) + sum + "\u{0} ", at: 148)
    return block
  }

  static func octal(_ size: Int) -> String {
    let digits = String(size, radix: 8)
    return String(repeating: "0", count: 11 - digits.count) + digits + " "
  }

  /// Adds a header and content filled up to whole blocks.
  mutating func add(_ header: [UInt8], _ content: [UInt8] = []) {
    bytes += header + content + [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
  }

  mutating func file(_ name: String, _ content: String = "content") {
    add(Self.header(name, size: Self.octal(content.utf8.count)), Array(content.utf8))
  }

  mutating func other(_ name: String, type: Character, target: String = "") {
    add(Self.header(name, type: type, size: Self.octal(0), target: target))
  }

  /// A header of type `x`, `g`, `L` or `K` with its text.
  mutating func description(_ type: Character, _ text: String) {
    add(Self.header("././@LongLink", type: type, size: Self.octal(text.utf8.count)), Array(text.utf8))
  }

  /// A pax record with its length.
  static func record(_ keyword: String, _ value: String) -> String {
    let rest = " \(keyword)=\(value)\n"
    var length = rest.utf8.count
    while "\(length)".utf8.count + rest.utf8.count != length { length += 1 }
    return "\(length)\(rest)"
  }

  /// The whole archive, packed.
  var packed: [UInt8] {
    get throws { try Gzip.pack(bytes + [UInt8](repeating: 0, count: 1024)) }
  }
}

/// A folder of its own in which a test unpacks; it goes away with the value.
final class UnpackingFolder {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent("suggest-tar-\(UUID().uuidString)")
  var place: String { url.path + "/place" }

  init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(at: url) }

  func write(_ bytes: [UInt8]) throws -> String {
    let file = url.appendingPathComponent("archive.tar.gz")
    try Data(bytes).write(to: file)
    return file.path
  }

  func unpack(
    _ bytes: [UInt8], limits: UnpackingLimits = UnpackingLimits(), placing: (String) -> String? = { $0 }
  ) throws -> UnpackedArchive {
    try TarUnpacking(write(bytes), limits: limits).unpack(into: place, placing: placing)
  }

  func text(_ name: String) -> String? {
    FileManager.default.contents(atPath: "\(place)/\(name)").map { String(decoding: $0, as: UTF8.self) }
  }

  /// Everything below the folder but the archive, as paths.
  var content: [String] {
    (FileManager.default.subpaths(atPath: url.path) ?? []).filter { $0 != "archive.tar.gz" }.sorted()
  }
}
