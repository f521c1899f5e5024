public import CurveModel
public import Scoring

/// Everything that a report shows; a plain value, so that a page is a pure function of it.
public struct ReportContent: Sendable {
  /// The page's headline.
  public var title: String
  /// One section for each role of the learning rate.
  public var sections: [Section]
  /// How it was made: pairs of a name and what there is to say.
  public var provenance: [Fact]
  /// What was unusual about the stores, in sentences.
  public var notices: [String]

  /// Collects a report.
  public init(title: String, sections: [Section], provenance: [Fact], notices: [String]) {
    self.title = title
    self.sections = sections
    self.provenance = provenance
    self.notices = notices
  }

  /// A line of the account of how a report was made.
  public struct Fact: Sendable, Equatable {
    /// What it is about.
    public var name: String
    /// What there is to say.
    public var text: String

    /// Names a fact.
    public init(_ name: String, _ text: String) {
      self.name = name
      self.text = text
    }
  }

  /// The scores of the tasks of one role.
  public struct Section: Sendable {
    /// Its headline.
    public var title: String
    /// The scores.
    public var sheet: ScoreSheet
    /// How it was scored.
    public var settings: ScorerSettings
    /// The curve of each range test of the sheet's tables, in their order.
    public var curves: [LossCurve]
    /// How far rates move when range tests are changed.
    public var sensitivity: [Sensitivity]

    /// Collects a section.
    public init(
      title: String, sheet: ScoreSheet, settings: ScorerSettings, curves: [LossCurve],
      sensitivity: [Sensitivity]
    ) {
      self.title = title
      self.sheet = sheet
      self.settings = settings
      self.curves = curves
      self.sensitivity = sensitivity
    }
  }

  /// How far one strategy's rates move under one change of the range tests.
  public struct Sensitivity: Sendable, Equatable {
    /// The strategy's name.
    public var strategy: String
    /// The change, in words for people.
    public var change: String
    /// The median of |log10(rate on the changed curve / rate on the recorded one)|, in decades; nil where there is none.
    public var medianShift: Double?
    /// On how many range tests both rates are known.
    public var tests: Int
    /// On how many the strategy abstains only because of the change.
    public var lost: Int

    /// Describes a strategy under a change.
    public init(strategy: String, change: String, medianShift: Double?, tests: Int, lost: Int) {
      self.strategy = strategy
      self.change = change
      self.medianShift = medianShift
      self.tests = tests
      self.lost = lost
    }
  }
}
