import Reporting

/// What is written about a training beside its weights.
struct ResultPlan: Equatable, Sendable {
  /// A file with learning curves.
  struct Export: Equatable, Sendable {
    /// What is in it.
    enum Form: Equatable, Sendable {
      case table
      case figure(FigureFormat)
    }

    let path: String
    let form: Form

    /// The file, its form by its ending.
    ///
    /// - Throws: ``UsageError``.
    init(path: String) throws {
      self.path = path
      if path.lowercased().hasSuffix(".csv") {
        form = .table
      } else if let format = try? FigureFormat(path: path) {
        form = .figure(format)
      } else {
        throw UsageError(
          "--export \(path): cannot tell its form; end its name in .csv, .svg, .png, .pdf or .gp")
      }
    }
  }

  /// The page about a training.
  struct Report: Equatable, Sendable {
    let path: String
    /// How many of the worst-classified samples it shows at most.
    let worst: Int
  }

  var exports: [Export] = []
  var report: Report?

  /// Nothing is written.
  static let nothing = ResultPlan()

  /// Whether anything is.
  var isEmpty: Bool { exports.isEmpty && report == nil }

  /// All files, in the order in which they are written.
  var paths: [String] { exports.map(\.path) + (report.map { [$0.path] } ?? []) }

  /// Finds out before the training whether everything can be written and drawn.
  ///
  /// - Parameter start: The file with the weights to begin with, which must not be overwritten.
  /// - Throws: ``UsageError``, ``DestinationError`` or `ReportingError`.
  func check(start: String?) async throws {
    for path in paths {
      try Destination.check(path)
      if let start, Destination.isSame(path, start) {
        throw UsageError("\(path) would overwrite the weights of --from: choose another file")
      }
    }
    let isDrawn = exports.contains { export in
      if case .figure(let format) = export.form { format != .gp } else { false }
    }
    if isDrawn || report != nil { try await FigureRenderer().check() }
  }
}
