import CurveModel
import Testing

@Suite struct CurveBuilderTests {
  private static let step = CurveStep(
    learningRate: 0.2, groupLearningRates: [0.1, 0.2], loss: 1, skipped: true, validationLoss: 2,
    gradientNorm: 3,
    parameterNorm: 4, updateNorm: 5, gradientUpdateProduct: -6, distanceFromStart: 7)

  @Test("every quantity of the steps becomes its series")
  func everyQuantity() throws {
    var builder = CurveBuilder()
    builder.append(Self.step)
    #expect(builder.count == 1)
    let curve = try builder.curve(header: CurveHeader(seed: 3), stop: .diverged)
    let expected = try LossCurve(
      header: CurveHeader(seed: 3), learningRates: [0.2], rawLosses: [1], groupLearningRates: [[0.1, 0.2]],
      skippedSteps: [0],
      diagnostics: StepDiagnostics(
        validationLoss: [2], gradientNorm: [3], parameterNorm: [4], updateNorm: [5],
        gradientUpdateProduct: [-6],
        distanceFromStart: [7]),
      stop: .diverged)
    #expect(curve == expected)
  }

  @Test("a quantity of some steps only is an error, and so is a curve without steps")
  func incomplete() throws {
    #expect(throws: CurveError.noPoints) { try CurveBuilder().curve(header: CurveHeader(), stop: .completed) }
    var builder = CurveBuilder()
    builder.append(CurveStep(learningRate: 0.1, loss: 1, gradientNorm: 3))
    builder.append(CurveStep(learningRate: 0.2, loss: 1))
    #expect(throws: CurveError.mismatchedLengths("learning rates", 2, "gradientNorm", 1)) {
      try builder.curve(header: CurveHeader(), stop: .completed)
    }
  }
}
