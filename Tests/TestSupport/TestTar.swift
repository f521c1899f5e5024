internal import Archives

/// A tar archive that a test builds block by block, sound or hostile.
public struct TestTar {
  /// The blocks so far.
  public var bytes: [UInt8] = []

  /// An archive without entries.
  public init() {}

  /// A header, with its checksum; `edit` spoils it before that.
  public static func header(
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

  /// A size as a header has it.
  public static func octal(_ size: Int) -> String {
    let digits = String(size, radix: 8)
    return String(repeating: "0", count: 11 - digits.count) + digits + " "
  }

  /// Adds a header and content filled up to whole blocks.
  public mutating func add(_ header: [UInt8], _ content: [UInt8] = []) {
    bytes += header + content + [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
  }

  /// Adds a file.
  public mutating func file(_ name: String, _ content: String = "content") {
    add(Self.header(name, size: Self.octal(content.utf8.count)), Array(content.utf8))
  }

  /// Adds an entry without content.
  public mutating func other(_ name: String, type: Character, target: String = "") {
    add(Self.header(name, type: type, size: Self.octal(0), target: target))
  }

  /// Adds a header of type `x`, `g`, `L` or `K` with its text.
  public mutating func description(_ type: Character, _ text: String) {
    add(Self.header("././@LongLink", type: type, size: Self.octal(text.utf8.count)), Array(text.utf8))
  }

  /// A pax record with its length.
  public static func record(_ keyword: String, _ value: String) -> String {
    let rest = " \(keyword)=\(value)\n"
    var length = rest.utf8.count
    while "\(length)".utf8.count + rest.utf8.count != length { length += 1 }
    return "\(length)\(rest)"
  }

  /// The whole archive, packed.
  public var packed: [UInt8] {
    get throws { try Gzip.pack(bytes + [UInt8](repeating: 0, count: 1024)) }
  }
}
