/// Everything that the page of one training shows; a plain value, so that a page is a pure function of it.
public struct TrainingContent: Sendable {
  /// The page's headline.
  public var title: String
  /// How the training ended, in one sentence.
  public var verdict: String
  /// What was trained, and how.
  public var task: [ReportContent.Fact]
  /// The learning rate, and where it came from.
  public var rate: [ReportContent.Fact]
  /// The range test that the rate was read from; nil where nobody suggested it.
  public var rangeTest: CurveFigure?
  /// The losses and rates of the steps, and the looks at the network.
  public var curve: LearningCurve
  /// What was classified how.
  public var classification: Classification
  /// How it was made.
  public var provenance: [ReportContent.Fact]

  /// Collects a page.
  public init(
    title: String, verdict: String, task: [ReportContent.Fact], rate: [ReportContent.Fact],
    rangeTest: CurveFigure? = nil, curve: LearningCurve, classification: Classification,
    provenance: [ReportContent.Fact]
  ) {
    self.title = title
    self.verdict = verdict
    self.task = task
    self.rate = rate
    self.rangeTest = rangeTest
    self.curve = curve
    self.classification = classification
    self.provenance = provenance
  }

  /// How the held-out samples were classified.
  public enum Classification: Sendable {
    /// By class, and the samples with the largest losses, the largest first.
    case result(ClassificationResult, worst: [WorstSample])
    /// They were not, for this reason: a whole sentence.
    case nothing(reason: String)
  }

  /// A badly classified sample, and what there is to see of it.
  public struct WorstSample: Sendable {
    /// How it was classified.
    public var sample: ClassifiedSample
    /// What to call it: a file, or the number of a sample.
    public var name: String
    /// A JPEG file of it; nil where it is no picture.
    public var jpeg: [UInt8]?
    /// Whether the picture's pixels were enlarged and should be seen as such.
    public var isEnlarged: Bool

    /// A badly classified sample.
    public init(sample: ClassifiedSample, name: String, jpeg: [UInt8]?, isEnlarged: Bool = false) {
      self.sample = sample
      self.name = name
      self.jpeg = jpeg
      self.isEnlarged = isEnlarged
    }
  }
}
