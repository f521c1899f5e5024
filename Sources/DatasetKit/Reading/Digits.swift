/// The 1,797 handwritten digits of 8×8 pixels that scikit-learn ships, shipped in the package's `datasets/` too.
///
/// Inputs are value/16.
public enum Digits {
  static let name = "digits"

  /// All digits in the order of the file, unsplit.
  ///
  /// - Throws: ``DatasetError``: a missing, unreadable or damaged file.
  public static func samples(from folders: DataFolders) throws(DatasetError) -> Samples {
    let table = try PictureTable(Dataset.entry(named: name), largest: 16, from: folders)
    return table.samples(scaling: table.plainScaling)
  }
}
