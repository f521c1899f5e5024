/// The affine map from a pixel's bytes to a network's inputs: input = byte · scale + offset, for each channel.
public struct PixelScaling: Sendable, Hashable {
  /// The factors of red, green and blue.
  public let scale: [Float]
  /// What is added after scaling.
  public let offset: [Float]

  /// The map that takes `mean` from a byte and divides by `deviation`, both in steps of 255; three of each.
  public init(mean: [Double], deviation: [Double]) {
    precondition(mean.count == 3 && deviation.count == 3, "a picture has three channels")
    scale = deviation.map { Float(1 / $0) }
    offset = zip(mean, deviation).map { Float(-$0 / $1) }
  }

  /// Mean and deviation of ImageNet's training pictures, as torchvision's and fastai's weights expect them.
  public static let imageNet = PixelScaling(
    mean: [0.485, 0.456, 0.406].map { $0 * 255 }, deviation: [0.229, 0.224, 0.225].map { $0 * 255 })
}
