import Foundation
import ModelZoo
import TestSupport
import Testing

@Suite("Safetensors")
struct SafetensorsTests {
  /// All but pictures: the tests' own reader knows no bytes.
  private static let files =
    goldenFiles(in: "tensors") { $0.hasSuffix(".safetensors") && !$0.hasPrefix("image-") }
    + CheckpointFixtures.twins

  @Test("are read as the tests' own reader reads them, and written back the same", arguments: files)
  func readsAndWrites(_ url: URL) throws {
    let oracle = try SafetensorsFile(url)
    let checkpoint = try Checkpoint.read(from: url.path)
    expectEqual(checkpoint, oracle)
    #expect(checkpoint.metadata == oracle.metadata)
    let folder = try TemporaryFolder()
    try checkpoint.write(to: folder.path("copy.safetensors"))
    let copy = try SafetensorsFile(URL(fileURLWithPath: folder.path("copy.safetensors")))
    #expect(copy.metadata == oracle.metadata)
    #expect(copy.tensors == oracle.tensors)
    let again = try Checkpoint.read(from: folder.path("copy.safetensors"))
    #expect(again.names == checkpoint.names)
    #expect(try again.safetensorsBytes() == checkpoint.safetensorsBytes())
  }

  @Test("are written with every number aligned, the widest types first")
  func alignment() throws {
    let url = try #require(CheckpointFixtures.files(in: "read").first { $0.lastPathComponent == "legacy.th" })
    let checkpoint = try Checkpoint.read(from: url.path)
    let bytes = try checkpoint.safetensorsBytes()
    let copy = try Checkpoint(bytes: bytes)
    #expect(bytes[0].isMultiple(of: 8))
    for name in checkpoint.names {
      #expect(copy[name]?.elementType == checkpoint[name]?.elementType)
      #expect(copy[name]?.floats().map(\.bitPattern) == checkpoint[name]?.floats().map(\.bitPattern))
    }
    let order = copy.names.compactMap { copy[$0]?.elementType.byteCount }
    #expect(copy.names == checkpoint.names && Set(order) == [1, 2, 4, 8])
  }

  @Test("names and metadata may hold any character")
  func characters() throws {
    let text = "a \"quoted\" \\ back\u{1}slash\n\u{1f600} é /"
    let checkpoint = try Checkpoint(
      [
        (text, CheckpointTensor(shape: [2], values: [1, 2])), ("", CheckpointTensor(shape: [], values: [3])),
      ],
      metadata: [text: text, "": ""])
    let folder = try TemporaryFolder()
    try checkpoint.write(to: folder.path("text.safetensors"))
    let oracle = try SafetensorsFile(URL(fileURLWithPath: folder.path("text.safetensors")))
    expectEqual(checkpoint, oracle)
    #expect(oracle.metadata == checkpoint.metadata)
    expectEqual(try Checkpoint.read(from: folder.path("text.safetensors")), oracle)
  }

  @Test("escapes are read as JSON means them")
  func escapes() throws {
    let name = #"\u0061\ud83d\ude00\n\/\"\\\u00e9"#
    let checkpoint = try Checkpoint(bytes: Self.file(#"{"\#(name)":\#(Self.empty)}"#))
    #expect(checkpoint.names == ["a\u{1f600}\n/\"\\é"])
  }

  @Test("a network without tensors and tensors without elements are sound")
  func nothing() throws {
    let empty = try Checkpoint(bytes: Self.file("{}"))
    #expect(empty.names.isEmpty)
    let none = try Checkpoint([("none", CheckpointTensor(shape: [0, 3], values: []))])
    let copy = try Checkpoint(bytes: try none.safetensorsBytes())
    #expect(copy["none"]?.shape == [0, 3] && copy["none"]?.floats() == [])
  }

  private static let empty = #"{"dtype":"F32","shape":[0],"data_offsets":[0,0]}"#

  private static func file(_ header: String, content: Int = 0) -> [UInt8] {
    let length = (0..<8).map { UInt8(truncatingIfNeeded: header.utf8.count >> ($0 * 8)) }
    return length + Array(header.utf8) + [UInt8](repeating: 1, count: content)
  }

  private static func entry(
    _ name: String, _ begin: Int, _ end: Int, shape: String = "[2]", type: String = "F32"
  ) -> String {
    #""\#(name)":{"dtype":"\#(type)","shape":\#(shape),"data_offsets":[\#(begin),\#(end)]}"#
  }

  /// A header, the content's length in bytes, and what the error has to say.
  private static let refused: [(header: String, content: Int, words: String)] = [
    ("{\(entry("a", 0, 8)),\(entry("b", 4, 12))}", 12, "tensor b at bytes 4..<12 overlaps"),
    ("{\(entry("a", 0, 8)),\(entry("b", 0, 8))}", 8, "overlaps"),
    ("{\(entry("a", 4, 12))}", 12, "gap"),
    ("{\(entry("a", 0, 8))}", 9, "1 bytes belong to no tensor"),
    ("{\(entry("a", 0, 8))}", 7, "too early (within tensor a)"),
    ("{\(entry("a", 0, 9_223_372_036_854_775_807))}", 8, "too early"),
    ("{\(entry("a", 8, 0))}", 8, "data_offsets"),
    ("{\(entry("a", 0, 8, shape: "[3]"))}", 8, "leaves its storage"),
    ("{\(entry("a", 0, 8, shape: "[1]"))}", 8, "does not fill"),
    ("{\(entry("a", 0, 8, shape: "[4294967296,4294967296,4]"))}", 8, "leaves its storage"),
    ("{\(entry("a", 0, 8, shape: "[9223372036854775808]"))}", 8, "whole number"),
    ("{\(entry("a", 0, 8, shape: "[-2]"))}", 8, "whole number"),
    ("{\(entry("a", 0, 8, shape: "[2.0]"))}", 8, "no ]"),
    ("{\(entry("a", 0, 8, shape: "[02]"))}", 8, "whole number"),
    ("{\(entry("a", 0, 8, shape: "[[2]]"))}", 8, "whole number"),
    ("{\(entry("a", 0, 8, shape: "[1\(String(repeating: ",1", count: 64))]"))}", 8, "more than 64"),
    ("{\(entry("a", 0, 8, type: "F4"))}", 8, "type F4"),
    ("{\(entry("a", 0, 8)),\(entry("a", 8, 16))}", 16, "called a"),
    (#"{"a":{"dtype":"F32","shape":[0]}}"#, 0, "lacks dtype, shape or data_offsets"),
    (#"{"a":{"dtype":"F32","shape":[0],"data_offsets":[0]}}"#, 0, "lacks dtype, shape or data_offsets"),
    (#"{"a":{"dtype":"F32","dtype":"F32","shape":[0],"data_offsets":[0,0]}}"#, 0, "second dtype"),
    (#"{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0],"more":1}}"#, 0, "unknown or second more"),
    (#"{"__metadata__":{"a":1}}"#, 0, "no \""),
    (#"{"__metadata__":{"a":"1","a":"2"}}"#, 0, "a twice"),
    (#"{"__metadata__":{},"__metadata__":{}}"#, 0, "called __metadata__"),
    (#"{"a":"#, 0, "no {"),
    (#"{"a"#, 0, "without end"),
    (#"{"a\""#, 0, "without end"),
    (#"{"\x"#, 0, "unknown escape"),
    (#"{"\u12g4"#, 0, "hexadecimal"),
    (#"{"\ud83d":{}}"#, 0, "half a character"),
    (#"{"\ude00":{}}"#, 0, "half a character"),
    ("{\"\u{1}\":{}}", 0, "control character"),
    ("{}x", 0, "after the object"),
    ("{,}", 0, "no \""),
  ]

  @Test("a header that contradicts itself or the file is refused in clear words", arguments: refused)
  func refuses(_ header: String, _ content: Int, _ words: String) throws {
    let description = try #require(readError(Self.file(header, content: content))).description
    #expect(description.contains(words), "\(description)")
  }

  @Test("a header's length is checked before it is believed")
  func headerLength() {
    let brace = UInt8(ascii: "{")
    #expect(
      readError([UInt8](repeating: 0xff, count: 8) + [brace])
        == .tooLarge(quantity: "header bytes", limit: 100_000_000))
    #expect(readError([3, 0, 0, 0, 0, 0, 0, 0, brace]) == .truncated(place: "within its header"))
    #expect(readError([2, 0, 0, 0, 0, 0, 0, 0, brace, 0xff])?.description.contains("no \"") == true)
    for bytes in [[], [0], Array("{}".utf8), Array("plain text, no checkpoint".utf8)] as [[UInt8]] {
      #expect(readError(bytes) == .unknownFormat)
    }
  }

  @Test("the reserved name is not written")
  func reservedName() throws {
    let checkpoint = try Checkpoint([("__metadata__", CheckpointTensor(shape: [1], values: [1]))])
    #expect(throws: CheckpointError.unsupported(detail: "a tensor with the reserved name __metadata__")) {
      try checkpoint.safetensorsBytes()
    }
  }
}
