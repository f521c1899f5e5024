import RandomStreams
import Testing

/// The known answers that the authors publish with their Random123 library for Philox4x32-10.
struct KnownAnswer: Sendable, CustomTestStringConvertible {
  let counter: SIMD4<UInt32>
  let key: SIMD2<UInt32>
  let words: SIMD4<UInt32>

  var testDescription: String { "counter \(counter), key \(key)" }

  static let all = [
    KnownAnswer(
      counter: SIMD4(repeating: 0), key: SIMD2(repeating: 0),
      words: SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)),
    KnownAnswer(
      counter: SIMD4(repeating: .max), key: SIMD2(repeating: .max),
      words: SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)),
    KnownAnswer(
      counter: SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
      key: SIMD2(0xa409_3822, 0x299f_31d0),
      words: SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)),
  ]
}

@Test("Philox4x32-10 gives the published answers", arguments: KnownAnswer.all)
func philoxKnownAnswer(_ answer: KnownAnswer) {
  #expect(Philox4x32.block(counter: answer.counter, key: answer.key) == answer.words)
}
