import Testing
import TrainingEngine

@Suite("Zero-padded shortcut")
struct ZeroPaddedShortcutTests {
  @Test(
    "keeps every stride-th pixel between zeros",
    arguments: [([4, 4, 2], 4, 2), ([5, 3, 3], 6, 2), ([7, 4, 1], 4, 3), ([2, 2, 3], 3, 1)])
  func subsamples(_ shape: [Int], _ outputs: Int, _ stride: Int) throws {
    let harness = try LayerHarness(
      ZeroPaddedShortcut(outputs, stride: stride), inputShape: SampleShape(shape), samples: 2)
    let values = normals(2 * shape.reduce(1, *), seed: 5)
    var expected: [Float] = []
    for sample in 0..<2 {
      for row in Swift.stride(from: 0, to: shape[0], by: stride) {
        for column in Swift.stride(from: 0, to: shape[1], by: stride) {
          for channel in 0..<outputs {
            let source = channel - (outputs - shape[2]) / 2
            let place = ((sample * shape[0] + row) * shape[1] + column) * shape[2] + source
            expected.append((0..<shape[2]).contains(source) ? values[place] : 0)
          }
        }
      }
    }
    #expect(harness.forward(values) == expected)
  }

  @Test("refuses flat samples and pictures of more channels than come out")
  func refuses() {
    for shape in [[6], [2, 2, 5]] {
      #expect(throws: TrainingEngineError.self) {
        try LayerHarness(ZeroPaddedShortcut(4, stride: 2), inputShape: SampleShape(shape), samples: 1)
      }
    }
  }
}
