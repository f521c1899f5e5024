/// A curve that was read from a file, and what is doubtful about it.
public struct CurveReading: Sendable, Equatable {
  /// The curve.
  public var curve: LossCurve
  /// One sentence for each thing a user should know.
  public var warnings: [String]

  /// Reads a curve in any known form: the toolkit's JSON Lines, a JSON object of fastai's recorder
  /// (`lrs`, `losses`, optionally `raw_losses` and `num_it`), one of Lightning, pytorch-lr-finder or Ignite (`lr`,
  /// `loss`), or CSV with a rate and a loss column.
  ///
  /// The form is recognised by what the text holds, never by the file's name; a form that is unclear is an error.
  ///
  /// - Parameters:
  ///   - bytes: The whole file, UTF-8.
  ///   - group: Which parameter group's rates to take where the file has several, counted from 0.
  ///   - requestedPoints: The number of points the range test was asked for, which overrides the file's own.
  /// - Throws: ``CurveError``.
  public static func read(_ bytes: [UInt8], group: Int? = nil, requestedPoints: Int? = nil) throws(CurveError)
    -> Self
  {
    let text = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? Array(bytes.dropFirst(3)) : bytes
    // Before the search for content: a crash can leave a file of zeros, which is not empty.
    guard !text.prefix(4096).contains(where: isBinary) else { throw .binary }
    guard let first = text.first(where: { $0 > 0x20 }) else { throw .empty }
    var reading =
      switch first {
      case UInt8(ascii: "{"): try readJSON(text, group: group)
      case UInt8(ascii: "["):
        throw CurveError.unrecognised(found: "the JSON is a list, not an object")
      default: try taking(group, of: try TableReader.read(text))
      }
    if let requestedPoints { reading.curve = try reading.curve.requesting(points: requestedPoints) }
    if let asked = reading.curve.requestedPoints {
      // Ignite records one point more than it is asked for.
      if asked + 1 < reading.curve.count {
        reading.warnings.append(
          "\(asked) points were asked for and \(reading.curve.count) recorded: rules that count points take the former"
        )
      }
    } else {
      reading.warnings.append(
        "the file does not say how many points were asked for: taking its \(reading.curve.count); set --num-it if it was more"
      )
    }
    return reading
  }

  /// The reading with the rates of one parameter group, where a group was chosen.
  private static func taking(_ group: Int?, of reading: Self) throws(CurveError) -> Self {
    guard let group else { return reading }
    let groups = reading.curve.groupLearningRates?[0].count ?? 1
    guard (0..<groups).contains(group) else { throw .noSuchGroup(group: group, groups: groups) }
    var reading = reading
    reading.curve = try reading.curve.following(group: group)
    return reading
  }

  private static func isBinary(_ byte: UInt8) -> Bool { byte < 0x09 || (0x0e..<0x20).contains(byte) }

  private static func readJSON(_ text: [UInt8], group: Int?) throws(CurveError) -> Self {
    if text.prefix(64).split(separator: UInt8(ascii: "\""))
      .contains(where: { String(decoding: $0, as: UTF8.self) == CurveLines.mark })
    {
      return try taking(group, of: try CurveLinesReader.read(text))
    }
    return try RecorderReader.read(text, group: group)
  }
}
