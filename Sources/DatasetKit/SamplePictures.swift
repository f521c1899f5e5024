public import ImageCodec
internal import TrainingEngine

extension Samples {
  /// A sample as a picture, as evaluation sees it: the middle of a photograph, or the pixels of a grey or coloured
  /// picture, the largest byte of all samples white; nil where the samples are no pictures.
  public func picture(of index: Int) -> Picture? {
    precondition((0..<count).contains(index), "there is no sample \(index) of \(count)")
    switch stored {
    case .photographs(let photographs): return photographs.picture(of: PhotographView(middleOf: index))
    case .numbers: return nil
    case .bytes(let bytes, _):
      guard let (height, width, channels) = shape.picture, channels == 1 || channels == 3 else { return nil }
      let pixels = bytes[index * shape.count..<(index + 1) * shape.count]
      // Digits have bytes up to 16.
      let white = Int(max(bytes.max() ?? 1, 1))
      let copies = channels == 1 ? 3 : 1
      let rgb = pixels.flatMap { byte in
        repeatElement(UInt8(255 * Int(byte) / white), count: copies)
      }
      return Picture(width: width, height: height, rgb: rgb)
    }
  }

  /// The path of a sample's file; nil where it has none of its own.
  public func file(of index: Int) -> String? { photographs?.paths[index] }
}
