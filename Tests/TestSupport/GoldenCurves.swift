public import CurveModel
public import Foundation

/// A range test with what the upstream programs themselves suggest for it.
///
/// The files lie in `Tests/Fixtures/curves`, in `SUGGEST_REFERENCE/curves`, or in `shared/reference/curves` beside the
/// repository: a fastai recording with a member `suggestions`, which holds for each upstream function either
/// `{"value": rate}` or `{"error": name of the exception}`.
public struct GoldenCurve: Sendable {
  /// What an upstream function did.
  public enum Upstream: Sendable, Equatable {
    /// It returned a rate.
    case rate(Double)
    /// It raised an exception.
    case raised(String)
  }

  /// The file's name without its ending.
  public let name: String
  /// The recording, with raw and with smoothed losses.
  public let curve: LossCurve
  /// What each upstream function did, by its name in the file.
  public let suggestions: [String: Upstream]

  /// Every golden file, in the order in which tests enumerate them.
  public static let files: [URL] = goldenFiles(in: "curves", testFile: #filePath) { $0.hasSuffix(".json") }

  /// Reads a golden file.
  public init(file: URL) throws {
    let data = try Data(contentsOf: file)
    name = file.deletingPathExtension().lastPathComponent
    curve = try CurveReading.read(Array(data)).curve
    let entries = try JSONDecoder().decode(Entries.self, from: data).suggestions
    suggestions = try entries.mapValues { entry in
      if let value = entry.value { return .rate(value) }
      if let error = entry.error { return .raised(error) }
      throw GoldenError.noAnswer(file: file.lastPathComponent)
    }
  }

  /// What is wrong with our answer where upstream's is `rule`; nil if both agree.
  ///
  /// A rate agrees within a relative 1e-5; where upstream raised, `suggested` has to be nil. Flat curves are exempt:
  /// their smoothed losses differ by rounding alone, and which of those differences is the least is noise of the
  /// machine that ran upstream.
  public func disagreement(with rule: String, suggested: Double?) -> String? {
    if name.hasPrefix("degenerate-flat") { return nil }
    switch (suggestions[rule], suggested) {
    case (nil, _): return "\(name): the file has no answer of \(rule)"
    case (.raised, nil): return nil
    case (.raised(let error), let rate?): return "\(name): \(rule) raised \(error), ours is \(rate)"
    case (.rate(let upstream), nil): return "\(name): \(rule) is \(upstream), ours abstains"
    case (.rate(let upstream), let rate?):
      let agrees = abs(rate - upstream) <= 1e-5 * abs(upstream)
      return agrees ? nil : "\(name): \(rule) is \(upstream), ours is \(rate)"
    }
  }

  private struct Entries: Decodable {
    struct Entry: Decodable {
      var value: Double?
      var error: String?
    }
    var suggestions: [String: Entry]
  }
}

/// What is wrong with a golden file.
public enum GoldenError: Error, Equatable {
  /// A suggestion is neither a value nor an error.
  case noAnswer(file: String)
}
