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
    let inputs = try RateLearning.inputs(of: RateLearning.readings[0], varyingIn: table)
    var variants: [(without: String, inputs: [RateModel.Quantity])] = [("", inputs)]
    variants += inputs.map { left in (left.name, inputs.filter { $0.name != left.name }) }
    variants += RateLearning.readings.dropFirst().map { ("gradients and weights", $0.inputs) }
    rows = try variants.map { variant throws(LearningError) in
      let model = try RateLearning.model(
        from: table, [(variant.without, variant.inputs)], leavingOut: table.families.map(Optional.some))
      let means = LeaveOneOutRegret(model, table).rows.filter { $0.family == nil }
      func mean(_ role: TaskDescription.Role) -> MeanRegret? { means.first { $0.role == role }?.mean }
      return Row(without: variant.without, peak: mean(.peak), constant: mean(.constant))
    }
  }
}
