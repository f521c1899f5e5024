/// What a kind of file is called, and where it is described.
package struct DocumentKind: Sendable {
  /// The word for it: `comparison`.
  package let noun: String
  /// The page that describes it: `docs/comparison-files.md`.
  package let page: String

  /// Names a kind of file.
  package init(noun: String, page: String) {
    self.noun = noun
    self.page = page
  }
}
