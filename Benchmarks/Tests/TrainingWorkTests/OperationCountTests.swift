import Testing
import TrainingEngine

@testable import TrainingWork

@Suite("Counting operations")
struct OperationCountTests {
  static let works: [TrainingWork] = [.smallMLP, .largeMLP, .smallCNN, .resNet18, .resNet34]

  @Test("a convolution multiplies once for every weight and output pixel")
  func convolution() {
    // 3×3×16 multiplications for each of the 32 outputs at each of 14×14 pixels, worked out by hand.
    let layer = MultiplyingLayer(kernel: 3, inputs: 16, outputs: 32, outputPixels: 14 * 14)
    #expect(layer.weightCount == 4608)
    #expect(layer.passOperations == 2 * 903_168)
  }

  @Test("the small CNN, layer by layer, counted by hand")
  func smallCNN() {
    #expect(
      TrainingWork.smallCNN.multiplyingLayers == [
        MultiplyingLayer(kernel: 3, inputs: 1, outputs: 16, outputPixels: 784),
        MultiplyingLayer(kernel: 3, inputs: 16, outputs: 32, outputPixels: 196),
        MultiplyingLayer(kernel: 1, inputs: 1568, outputs: 10, outputPixels: 1),
      ])
    // Forward, weights' and inputs' gradients; the first layer has no inputs' gradient.
    let (first, second, third) = (2 * 112_896, 2 * 903_168, 2 * 15_680)
    #expect(TrainingWork.smallCNN.operationsPerStep == 64 * (2 * first + 3 * second + 3 * third))
  }

  @Test("ResNet-34's multiplications are the 3.6 billion of the paper's table 1")
  func resNet34() {
    let forward = TrainingWork.resNet34.multiplyingLayers.reduce(0) { $0 + $1.passOperations } / 2
    #expect(abs(Double(forward) - 3.6e9) < 0.1e9)
  }

  @Test("the counted layers are those of the network that trains", arguments: works)
  func sameNetwork(_ work: TrainingWork) throws {
    let network = try work.network()
    #expect(network.outputShape.count == work.classes)
    let weights = network.parameters.filter { $0.kind == .weight }
    #expect(weights.count == work.multiplyingLayers.count)
  }
}

@Suite("Our training runs")
struct TrainingRunTests {
  @Test("the loss is finite and falls, and two runs at once are each the run alone")
  func falls() async throws {
    let alone = try TrainingRun(.smallMLP, threads: 1)
    let turn = await TrainingRun.steps(50, of: [alone])
    let first = try #require(turn.firstLoss)
    let last = try #require(turn.lastLoss)
    #expect(last < first)
    #expect(turn.seconds > 0)
    #expect(turn.processorSeconds > 0)

    let pair = [try TrainingRun(.smallMLP, threads: 1), try TrainingRun(.smallMLP, threads: 2)]
    let together = await TrainingRun.steps(50, of: pair)
    #expect(together.firstLoss == first)
    #expect(together.lastLoss == last)
  }

  @Test("a loss that is not finite is none")
  func notFinite() {
    let turn = Turn(seconds: 1, processorSeconds: 1, firstLoss: 2, lastLoss: .nan)
    #expect(turn.firstLoss == 2)
    #expect(turn.lastLoss == nil)
  }
}
