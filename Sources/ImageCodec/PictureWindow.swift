/// A rectangle of pixels.
struct PictureWindow: Equatable {
  var x, y, width, height: Int
}

/// Which part of a picture is kept.
public enum PictureCrop: Sendable, Equatable {
  /// All of it; where the sides' ratio differs, the picture is squeezed.
  case squish
  /// The largest part with the target's ratio; where it lies in the rest, from 0 (left, top) to 1.
  ///
  /// The window is fastai 2.8's `Resize` with `method="crop"`, rounding included.
  case place(horizontal: Double, vertical: Double)

  /// The middle: what validation takes.
  public static let centre = PictureCrop.place(horizontal: 0.5, vertical: 0.5)

  /// The window of a picture for a target of these sides.
  func window(width: Int, height: Int, targetWidth: Int, targetHeight: Int) -> PictureWindow {
    switch self {
    case .squish: return PictureWindow(x: 0, y: 0, width: width, height: height)
    case .place(let horizontal, let vertical):
      let scale = min(Double(width) / Double(targetWidth), Double(height) / Double(targetHeight))
      let kept = (
        width: max(Int(scale * Double(targetWidth)), 1), height: max(Int(scale * Double(targetHeight)), 1)
      )
      return PictureWindow(
        x: Int(horizontal * Double(width - kept.width)), y: Int(vertical * Double(height - kept.height)),
        width: kept.width, height: kept.height)
    }
  }
}
