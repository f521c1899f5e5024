/// How the files of a data set are read.
enum DatasetFormat: Sendable, Equatable {
  /// Four gzip-compressed files of MNIST's format; standardised.
  case idx
  /// A gzip-compressed table of bytes without a header, the class last; divided by `largest`, or standardised.
  case pictures(largest: UInt8, standardised: Bool)
  /// A table with a header, the number of the class last; standardised.
  case classTable
  /// A table with a header, the target last; inputs and target, or its natural logarithm, standardised.
  case numberTable(logarithmic: Bool)
  /// A text; the number of a character is its place among all that occur.
  case text
  /// JPEG files with classes by the one rule; each part of a split has its share by the other.
  case photographs(labels: LabelRule, strata: LabelRule)
}
