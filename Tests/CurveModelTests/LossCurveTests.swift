import CurveModel
import Testing

@Suite struct LossCurveTests {
  @Test("keeps what it is given")
  func keeps() throws {
    let curve = try LossCurve(
      learningRates: [0.1, 0.2], rawLosses: [2, .nan], smoothedLosses: [2, .infinity],
      groupLearningRates: [[0.01, 0.1], [0.02, 0.2]], skippedSteps: [1],
      diagnostics: StepDiagnostics(gradientNorm: [1, 2]), stop: .nonFinite)
    #expect(curve.count == 2)
    #expect(curve.learningRates == [0.1, 0.2])
    #expect(curve.losses[0] == 2 && curve.losses[1].isNaN)
    #expect(curve.smoothedLosses == [2, .infinity])
    #expect(curve.groupLearningRates?[1] == [0.02, 0.2])
    #expect(curve.skippedSteps == [1])
    #expect(curve.diagnostics.gradientNorm == [1, 2])
    #expect(curve.stop == .nonFinite)
  }

  @Test("a curve with smoothed losses only reads as those")
  func smoothedOnly() throws {
    let curve = try LossCurve(learningRates: [1, 2], rawLosses: nil, smoothedLosses: [5, 4])
    #expect(curve.rawLosses == nil)
    #expect(curve.losses == [5, 4])
  }

  @Test("has at least one point and some losses")
  func notEmpty() {
    #expect(throws: CurveError.noPoints) { try LossCurve(learningRates: [], rawLosses: []) }
    #expect(throws: CurveError.noLosses) { try LossCurve(learningRates: [1], rawLosses: nil) }
  }

  @Test(
    "rates are positive and finite",
    arguments: [0, -0.0, -1e-3, Double.infinity, -.infinity, .nan])
  func rates(_ rate: Double) {
    let error = #expect(throws: CurveError.self) {
      try LossCurve(learningRates: [rate, 1], rawLosses: [1, 1])
    }
    guard case .badRate(index: 0, _)? = error else {
      Issue.record("threw \(String(describing: error))")
      return
    }
  }

  @Test("the first rate that is not above the one before it is named", arguments: [0.2, 0.1])
  func increasing(_ third: Double) {
    #expect(throws: CurveError.rateDoesNotIncrease(index: 2, rate: third, previous: 0.2)) {
      try LossCurve(learningRates: [0.1, 0.2, third, 0.05], rawLosses: [1, 1, 1, 1])
    }
  }

  @Test("every series is as long as the rates")
  func lengths() {
    #expect(throws: CurveError.mismatchedLengths("learning rates", 2, "raw losses", 3)) {
      try LossCurve(learningRates: [1, 2], rawLosses: [1, 2, 3])
    }
    #expect(throws: CurveError.mismatchedLengths("learning rates", 2, "smoothed losses", 1)) {
      try LossCurve(learningRates: [1, 2], rawLosses: [1, 2], smoothedLosses: [1])
    }
    #expect(throws: CurveError.mismatchedLengths("learning rates", 2, "rates of parameter groups", 1)) {
      try LossCurve(learningRates: [1, 2], rawLosses: [1, 2], groupLearningRates: [[1, 2]])
    }
  }

  @Test("every recorded quantity is as long as the rates, and the one that is not is named")
  func diagnosticLengths() {
    let series: [(String, WritableKeyPath<StepDiagnostics, [Double]?>)] = [
      ("validationLoss", \.validationLoss), ("gradientNorm", \.gradientNorm),
      ("parameterNorm", \.parameterNorm),
      ("updateNorm", \.updateNorm), ("gradientUpdateProduct", \.gradientUpdateProduct),
      ("distanceFromStart", \.distanceFromStart),
    ]
    for (name, path) in series {
      var diagnostics = StepDiagnostics()
      diagnostics[keyPath: path] = [1]
      #expect(throws: CurveError.mismatchedLengths("learning rates", 2, name, 1)) {
        try LossCurve(learningRates: [1, 2], rawLosses: [1, 2], diagnostics: diagnostics)
      }
    }
  }

  @Test(
    "every step has as many parameter groups, at least one",
    arguments: [[[1, 2], [3]], [[], []]] as [[[Double]]])
  func groups(_ groups: [[Double]]) {
    let error = #expect(throws: CurveError.self) {
      try LossCurve(learningRates: [1, 2], rawLosses: [1, 2], groupLearningRates: groups)
    }
    guard case .mismatchedLengths? = error else {
      Issue.record("threw \(String(describing: error))")
      return
    }
  }

  @Test("skipped steps are increasing indices of the curve", arguments: [[-1], [2], [1, 0], [1, 1]])
  func skippedSteps(_ skipped: [Int]) {
    let error = #expect(throws: CurveError.self) {
      try LossCurve(learningRates: [1, 2], rawLosses: [1, 2], skippedSteps: skipped)
    }
    guard case .wrongType? = error else {
      Issue.record("threw \(String(describing: error))")
      return
    }
  }

  @Test("the requested points are the file's, else the schedule's, else unknown, and can be set")
  func requestedPoints() throws {
    var header = CurveHeader()
    func points() throws -> Int? {
      try LossCurve(header: header, learningRates: [1], rawLosses: [1]).requestedPoints
    }
    #expect(try points() == nil)
    header.schedule = try RateSchedule(start: 1, end: 2, steps: 7)
    #expect(try points() == 7)
    header.requestedPoints = 9
    #expect(try points() == 9)
    let curve = try LossCurve(header: header, learningRates: [1], rawLosses: [1], stop: .diverged)
    let other = try curve.requesting(points: 11)
    #expect(other.requestedPoints == 11)
    #expect(other.learningRates == curve.learningRates && other.stop == .diverged)
  }

  @Test("every error is one line that ends without a full stop")
  func messages() {
    let errors: [CurveError] = [
      .empty, .binary, .malformedJSON(line: 3, column: 7, problem: "expected a value"),
      .unrecognised(found: "x"),
      .noPoints, .noLosses, .mismatchedLengths("a", 1, "b", 2), .badRate(index: 4, rate: -1),
      .rateDoesNotIncrease(index: 5, rate: 1, previous: 2), .wrongType(place: "p", expected: "e", found: "f"),
      .needsGroup(groups: 3), .noSuchGroup(group: 3, groups: 3), .newerFormat(found: 2, supported: 1),
      .badSchedule("no points"), .cannotCreate(path: "p", reason: "r"), .writeFailed(path: "p", reason: "r"),
    ]
    for error in errors {
      #expect(
        !error.description.isEmpty && !error.description.contains("\n") && error.description.last != ".")
    }
    #expect(CurveError.badRate(index: 4, rate: -1).description.contains("point 4"))
    #expect(
      CurveError.malformedJSON(line: 3, column: 7, problem: "x").description.contains("line 3, column 7"))
    #expect(CurveError.needsGroup(groups: 3).description.contains("--group 2"))
  }
}
