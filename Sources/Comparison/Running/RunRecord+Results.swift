public import CurveModel
public import ExperimentStore
internal import TrainingEngine

extension RunRecord {
  /// The record of a training.
  init(_ run: RunSpecification, rate: RateKey, _ outcome: TrainingRun.Outcome, measured: [JSONValue.Member]) {
    let evaluations = outcome.evaluations
    let losses = evaluations.map(\.evaluation.loss)
    let errors = evaluations.compactMap(\.evaluation.errorRate)
    let final = outcome.isDiverged ? nil : evaluations.suffix(run.task.evaluation.averaged)
    let mean = { (values: [Double]) in values.isEmpty ? nil : values.reduce(0, +) / Double(values.count) }
    var members: [JSONValue.Member] = [
      .init("task", .object(run.task.labels)), .init("learningRate", .number(rate.learningRate)),
      .init("rate", .number(Double(rate.value))), .init("seed", .number(Double(run.seed))),
      .init("status", .string(outcome.isDiverged ? "diverged" : "finished")),
    ]
    func add(_ name: String, _ value: Double?) {
      if let value { members.append(.init(name, .number(value))) }
    }
    add("loss", final.flatMap { mean($0.map(\.evaluation.loss)) })
    add("error", final.flatMap { mean($0.compactMap(\.evaluation.errorRate)) })
    add("bestLoss", losses.filter(\.isFinite).min())
    add("bestError", errors.min())
    add("untrainedLoss", outcome.untrained.loss)
    add("untrainedError", outcome.untrained.errorRate)
    members += [
      .init("stepsTaken", .number(Double(outcome.steps))),
      .init("evaluationSteps", .numbers(evaluations.map { Double($0.step) })),
      .init("evaluationLosses", .numbers(losses)),
    ]
    if !errors.isEmpty { members.append(.init("evaluationErrors", .numbers(errors))) }
    members += [
      .init("traceSteps", .numbers(outcome.trace.map { Double($0.step) })),
      .init("traceLosses", .numbers(outcome.trace.map(\.loss))),
      .init("engine", .number(Double(RunSpecification.engineVersion))),
    ]
    self.init(kind: .outcome, id: run.id, members: members, measured: measured)
  }

  /// The record of a range test.
  init(
    _ run: RunSpecification, _ settings: RangeTestSettings, _ curve: LossCurve, measured: [JSONValue.Member]
  ) {
    let diagnostics = curve.diagnostics
    let series: [(String, [Double]?)] = [
      ("gradientNorm", diagnostics.gradientNorm), ("parameterNorm", diagnostics.parameterNorm),
      ("updateNorm", diagnostics.updateNorm), ("gradientUpdateProduct", diagnostics.gradientUpdateProduct),
      ("distanceFromStart", diagnostics.distanceFromStart),
    ]
    self.init(
      kind: .curve, id: run.id,
      members: [
        .init("task", .object(run.task.labels)), .init("rangeTest", .object(settings.labels)),
        .init("seed", .number(Double(run.seed))), .init("num_it", .number(Double(settings.iterations))),
        .init("stop", .string(curve.stop.rawValue)), .init("lrs", .numbers(curve.learningRates)),
        .init("raw_losses", .numbers(curve.rawLosses ?? [])),
      ] + series.compactMap { name, values in values.map { .init(name, .numbers($0)) } } + [
        .init("engine", .number(Double(RunSpecification.engineVersion)))
      ], measured: measured)
  }

  /// The curve of a record of a range test.
  ///
  /// - Throws: ``CurveError`` where the record holds none.
  public func curve() throws(CurveError) -> LossCurve {
    func numbers(_ name: String) -> [Double]? {
      guard case .numbers(let values)? = self[name] else { return nil }
      return values
    }
    let settings = self["rangeTest"]
    var schedule: RateSchedule?
    if let start = settings?["start"]?.double, let end = settings?["end"]?.double,
      let steps = settings?["iterations"]?.integer
    {
      schedule = try RateSchedule(start: start, end: end, steps: steps)
    }
    let task: [JSONValue.Member] = if case .object(let members)? = self["task"] { members } else { [] }
    return try LossCurve(
      header: CurveHeader(
        task: task, schedule: schedule, seed: self["seed"]?.integer.flatMap { UInt64(exactly: $0) }),
      learningRates: numbers("lrs") ?? [], rawLosses: numbers("raw_losses"),
      diagnostics: StepDiagnostics(
        gradientNorm: numbers("gradientNorm"), parameterNorm: numbers("parameterNorm"),
        updateNorm: numbers("updateNorm"), gradientUpdateProduct: numbers("gradientUpdateProduct"),
        distanceFromStart: numbers("distanceFromStart")),
      stop: self["stop"]?.string.flatMap(StopReason.init(rawValue:)) ?? .unknown)
  }
}
