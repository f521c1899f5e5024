import Comparison
import DocumentFiles
import TestSupport
import Testing

struct MutatedFileTests {
  /// What readers of YAML trip over.
  private static let pieces: [[UInt8]] =
    [
      ":", "- ", "[", "]", "{", "}", ",", "\n", "  ", "\t", "\"", "'", "#", "&a", "*a", "!!str ", "|", ">",
      "%", "?", "---\n",
      "1e999", "-0", "0x10", ".inf", "~", "1e-400", "9223372036854775808", "\u{FEFF}", "é", "\0",
    ].map { Array($0.utf8) } + [[0xff], [0xc3]]

  @Test(arguments: 0..<8)
  func `A damaged file is read or refused, and never breaks the program`(seed: Int) {
    var numbers = SeededNumbers(seed: UInt64(seed))
    var refused = 0
    for round in 0..<250 {
      var bytes = Array((round.isMultiple(of: 2) ? SampleFile.everything : SampleFile.smallest).utf8)
      for _ in 0..<Int.random(in: 1...4, using: &numbers) {
        let place = Int.random(in: 0..<bytes.count, using: &numbers)
        switch Int.random(in: 0..<4, using: &numbers) {
        case 0: bytes.remove(at: place)
        case 1: bytes[place] = UInt8.random(in: 0...255, using: &numbers)
        case 2:
          let end = min(bytes.count, place + Int.random(in: 1...30, using: &numbers))
          bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0..<bytes.count, using: &numbers))
        default:
          bytes.insert(contentsOf: Self.pieces.randomElement(using: &numbers) ?? [], at: place)
        }
      }
      do {
        _ = try Comparison(parsing: bytes, path: "test.yaml")
      } catch {
        refused += 1
        #expect(error.line >= 1 && error.column >= 1)
        #expect(
          error.line <= bytes.count(where: { $0 == UInt8(ascii: "\n") }) + bytes.count(where: { $0 == 13 })
            + 2)
      }
    }
    #expect(refused > 50)
  }
}
