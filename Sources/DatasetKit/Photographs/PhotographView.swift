internal import ImageCodec
internal import RandomStreams

/// A photograph as one batch sees it.
struct PhotographView: Sendable, Equatable {
  let index: Int
  let crop: PictureCrop
  let isMirrored: Bool

  /// The middle of a photograph, as validation sees it.
  init(middleOf index: Int) {
    self.index = index
    crop = .centre
    isMirrored = false
  }

  /// A view drawn at random; every view takes as many numbers from the stream, whatever they are used for.
  init(of index: Int, _ augmentation: PhotographOptions.Augmentation, from stream: inout RandomStream) {
    self.index = index
    let (horizontal, vertical, coin) = (
      stream.uniformDouble(), stream.uniformDouble(), stream.uniformDouble()
    )
    crop = augmentation == .none ? .centre : .place(horizontal: horizontal, vertical: vertical)
    isMirrored = augmentation == .cropFlip && coin < 0.5
  }
}
