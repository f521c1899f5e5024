import CurveModel
import ModelZoo

extension StartingWeights {
  /// The weights as labels of a task: the file's name, and its content's CRC-32 in hexadecimal digits.
  var labels: [CurveHeader.Label] {
    let digits = String(checksum, radix: 16)
    return [
      .init("from", .string(path.split(separator: "/").last.map(String.init) ?? path)),
      .init("fromCRC32", .string(String(repeating: "0", count: 8 - digits.count) + digits)),
    ]
  }
}
