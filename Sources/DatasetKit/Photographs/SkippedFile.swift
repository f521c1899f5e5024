/// A file that is no sample, and why.
public struct SkippedFile: Sendable, Equatable {
  /// Its path below the data set's folder.
  public let path: String
  /// Why, in a few words without an end mark.
  public let reason: String
}
