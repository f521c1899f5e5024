import Foundation
import Glibc
import ImageCodec
import RandomStreams
import Testing

/// Damaged files: every one is decoded or refused with a reason, within the memory that `JPEGLimits` states.
///
/// `SUGGEST_MUTATIONS=10000` sets how many; where the photographs are here, half of the files are theirs.
@Suite struct MutatedJPEGTests {
  private static let count = ProcessInfo.processInfo.environment["SUGGEST_MUTATIONS"].flatMap(Int.init) ?? 600

  @Test("Damaged files are decoded or refused with a reason")
  func mutations() throws {
    var stream = RandomStream(seed: 0, purpose: .init(rawValue: "mutated-jpeg"))
    let originals =
      try Fixture.names.map(Fixture.picture) + (Photographs.areHere ? Photographs.first(15) : [])
    var (decoded, refused) = (0, 0)
    for _ in 0..<Self.count {
      let file = Self.mutated(originals, &stream)
      do {
        let picture = try JPEGPicture(file).resized(width: 64, height: 64)
        #expect(picture.rgb.count == 3 * 64 * 64)
        decoded += 1
      } catch {
        #expect(!error.description.isEmpty)
        refused += 1
      }
    }
    var usage = rusage()
    getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
    let bound = JPEGLimits.standard.memory + 3 * JPEGLimits.standard.pixels
    // Of the whole test process, which holds more than pictures.
    #expect(usage.ru_maxrss * 1024 < bound + 1 << 30)
    #expect(decoded > Self.count / 20 && refused > Self.count / 4, "\(decoded) decoded, \(refused) refused")
    print(
      "\(Self.count) damaged JPEG files: \(decoded) decoded, \(refused) refused, peak \(usage.ru_maxrss / 1024) MiB"
    )
  }

  private static func mutated(_ originals: [[UInt8]], _ stream: inout RandomStream) -> [UInt8] {
    var file = originals[stream.integer(below: originals.count)]
    switch stream.integer(below: 5) {
    case 0:  // bits
      for _ in 0...stream.integer(below: 8) {
        file[stream.integer(below: file.count)] ^= 1 << UInt8(stream.integer(below: 8))
      }
    case 1:  // an early end
      file.removeLast(stream.integer(below: file.count))
    case 2:  // another file's beginning
      let other = originals[stream.integer(below: originals.count)]
      let kept = other.prefix(stream.integer(below: min(other.count, 1200)))
      file = Array(kept + file.dropFirst(stream.integer(below: min(file.count, 1200))))
    case 3:  // other sides, of which some are huge
      if let frame = file.indices.dropLast(9).first(where: {
        file[$0] == 0xff && (file[$0 + 1] == 0xc0 || file[$0 + 1] == 0xc2)
      }) {
        for byte in 5..<9 { file[frame + byte] = UInt8(stream.integer(below: 256)) }
        if stream.integer(below: 2) == 0 { file[frame + 5] = UInt8(stream.integer(below: 40)) }
      }
    default:  // a stretch of noise in the header
      let start = stream.integer(below: min(file.count, 700))
      for index in start..<min(start + 1 + stream.integer(below: 20), file.count) {
        file[index] = UInt8(stream.integer(below: 256))
      }
    }
    return file
  }
}
