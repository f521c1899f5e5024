import CurveModel
import TestSupport
import Testing

/// A valid file of one of the forms that are read.
struct ValidFile: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let bytes: [UInt8]

  static let all: [ValidFile] = [
    ("JSON Lines", (try? fullCurve(points: 4).curveLines) ?? ""),
    (
      "fastai",
      #"{"task":"d\u0041","num_it":9,"lrs":[1e-5,0.2,3],"losses":[3.5,NaN,"inf"],"raw_losses":[1,2,3],"x":{"y":[null]}}"#
    ),
    ("parameter groups", #"{"lr":[[0.1,1],[0.2,2]],"loss":[2.25,-1.5e-3]}"#),
    ("CSV", "epoch,lr,loss,smoothed_loss\n0,0.001,2.5,2.5\r\n1,\"0.002\",nan,\n\n2,3e-3,-inf,1\n"),
  ].map { ValidFile(testDescription: $0.0, bytes: Array($0.1.utf8)) }
}

@Suite struct MutationTests {
  @Test("the files are valid", arguments: ValidFile.all)
  func valid(_ file: ValidFile) throws {
    #expect(try CurveReading.read(file.bytes, group: 0).curve.count >= 2)
  }

  @Test(
    "20,000 damaged files are read or refused in one line, and never crash the program",
    arguments: ValidFile.all)
  func mutations(_ file: ValidFile) {
    var random = SeededNumbers(seed: 11)
    var outcomes = (read: 0, refused: 0)
    var manyLines: [String] = []
    for _ in 0..<20_000 {
      do throws(CurveError) {
        _ = try CurveReading.read(mutated(file.bytes, by: &random), group: 0)
        outcomes.read += 1
      } catch {
        outcomes.refused += 1
        if error.description.contains(where: \.isNewline) { manyLines.append(error.description) }
      }
    }
    #expect(outcomes.read > 0 && outcomes.refused > 0)
    #expect(manyLines.isEmpty, "\(manyLines.prefix(3))")
  }

  /// One to four changes: a byte replaced, inserted, removed, a stretch repeated or removed, the end cut off.
  private func mutated(_ original: [UInt8], by random: inout SeededNumbers) -> [UInt8] {
    let telling = Array("{}[]\",:.-+eE0919\\/u\n\r\t ;nNIitf\u{0}\u{1f}é".utf8)
    var bytes = original
    for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      let stretch = place..<min(place + Int.random(in: 1...20, using: &random), bytes.count)
      let byte =
        Bool.random(using: &random)
        ? telling.randomElement(using: &random) ?? 0 : UInt8.random(in: 0...255, using: &random)
      switch Int.random(in: 0..<12, using: &random) {
      case 0...3: bytes[place] = byte
      case 4...6: bytes.insert(byte, at: place)
      case 7...8: bytes.remove(at: place)
      case 9: bytes.insert(contentsOf: bytes[stretch], at: place)
      case 10: bytes.removeSubrange(stretch)
      default: bytes.removeSubrange(place...)
      }
    }
    return bytes
  }
}
