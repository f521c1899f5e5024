import DatasetKit

extension Console {
  /// Fewer photographs are read before anybody wonders.
  private static let manyPhotographs = 100

  /// Says that photographs are being read, where that takes a while.
  func reportReading(_ count: Int) {
    if count >= Self.manyPhotographs { report("reading \(count) photographs") }
  }

  /// The environment variables that say where data sets are, as far as they are set.
  var dataVariables: [String: String] {
    DataFolders.variables.reduce(into: [:]) { $0[$1] = variable($1) }
  }
}
