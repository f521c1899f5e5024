public import DocumentFiles

/// What is wrong with the content of a comparison file, and where.
public typealias ComparisonFileError = DocumentError

extension DocumentKind {
  /// Comparison files.
  static let comparison = DocumentKind(noun: "comparison", page: "docs/comparison-files.md")
}
