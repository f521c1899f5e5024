internal import LearnedStrategy
internal import Scoring

/// What each input of the model `learned` is worth: its regret without it, each family by the fit that never saw it.
public struct AblationStudy: Sendable {
  /// A model that lacks something.
  public struct Row: Sendable {
    /// What it lacks; empty for the model as it is.
    public var without: String
    /// How it fares in each role; nil where there is no task.
    public var peak, constant: MeanRegret?
  }

  /// The model by its first reading, then without one input after the other, then by losses alone.
  public let rows: [Row]

  /// Learns again and again.
  ///
  /// - Throws: ``LearningError`` where there is too little to learn from.
  public init(_ table: ExampleTable) throws(LearningError) {
    let (name, inputs) = RateLearning.readings[0]
    let whole = try Self.model(from: table, name, inputs)
    // What is the same in all range tests is none of the model's inputs.
    let varying = whole.readings[0].fits[0].inputs.map(\.quantity)
    var variants = varying.map { left in (left.name, varying.filter { $0 != left }) }
    variants += RateLearning.readings.dropFirst().map { ("gradients and weights", $0.inputs) }
    rows =
      [Self.row(without: "", whole, table)]
      + (try variants.map { without, inputs throws(LearningError) in
        Self.row(without: without, try Self.model(from: table, without, inputs), table)
      })
  }

  private static func model(
    from table: ExampleTable, _ name: String, _ inputs: [RateModel.Quantity]
  ) throws(LearningError) -> RateModel {
    try RateLearning.model(
      from: table, [(name, inputs)], leavingOut: table.families.map(Optional.some))
  }

  private static func row(without: String, _ model: RateModel, _ table: ExampleTable) -> Row {
    let means = LeaveOneOutRegret(model, table).rows.filter { $0.family == nil }
    func mean(_ role: TaskDescription.Role) -> MeanRegret? { means.first { $0.role == role }?.mean }
    return Row(without: without, peak: mean(.peak), constant: mean(.constant))
  }
}
