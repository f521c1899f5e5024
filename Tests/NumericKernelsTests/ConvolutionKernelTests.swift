import NumericKernels
import Testing

/// A convolution case; the naive twin loops over every output, tap and channel.
struct ConvolutionCase: Sendable, CustomTestStringConvertible {
  let samples, height, width, inputs, outputs, kernel, stride, padding: Int

  var testDescription: String {
    "\(samples)×\(height)×\(width)×\(inputs) → \(outputs), kernel \(kernel), stride \(stride), padding \(padding)"
  }

  static let all = [
    Self(samples: 1, height: 1, width: 1, inputs: 1, outputs: 1, kernel: 1, stride: 1, padding: 0),
    Self(samples: 2, height: 5, width: 7, inputs: 3, outputs: 4, kernel: 3, stride: 1, padding: 1),
    Self(samples: 3, height: 6, width: 4, inputs: 2, outputs: 5, kernel: 3, stride: 2, padding: 1),
    Self(samples: 2, height: 7, width: 7, inputs: 4, outputs: 3, kernel: 1, stride: 1, padding: 0),
    Self(samples: 2, height: 7, width: 6, inputs: 4, outputs: 3, kernel: 1, stride: 2, padding: 0),
    Self(samples: 1, height: 9, width: 8, inputs: 3, outputs: 2, kernel: 7, stride: 2, padding: 3),
    Self(samples: 2, height: 3, width: 3, inputs: 1, outputs: 2, kernel: 2, stride: 1, padding: 2),
    // Large enough for more than one block of unrolled pictures.
    Self(samples: 5, height: 24, width: 24, inputs: 8, outputs: 6, kernel: 3, stride: 1, padding: 1),
  ]

  /// Calls `body` for every product of the sum: picture index, filter index, result index.
  func forEachTerm(_ window: SlidingWindow, _ body: (Int, Int, Int) -> Void) {
    for n in 0..<samples {
      for i in 0..<window.outputHeight {
        for j in 0..<window.outputWidth {
          for r in 0..<kernel {
            for s in 0..<kernel {
              let (row, column) = (i * stride + r - padding, j * stride + s - padding)
              guard (0..<height).contains(row), (0..<width).contains(column) else { continue }
              for c in 0..<inputs {
                for o in 0..<outputs {
                  body(
                    ((n * height + row) * width + column) * inputs + c,
                    ((r * kernel + s) * inputs + c) * outputs + o,
                    ((n * window.outputHeight + i) * window.outputWidth + j) * outputs + o)
                }
              }
            }
          }
        }
      }
    }
  }
}

@Suite("Convolution kernels")
struct ConvolutionKernelTests {
  @Test("forward and both gradients equal the naive loops", arguments: ConvolutionCase.all)
  func naiveTwin(_ subject: ConvolutionCase) throws {
    let window = try #require(
      SlidingWindow(
        height: subject.height, width: subject.width, channels: subject.inputs, kernel: subject.kernel,
        stride: subject.stride, padding: subject.padding))
    let convolution = Convolution(window: window, outputs: subject.outputs)
    var numbers = TestNumbers(seed: 8)
    let x = numbers.floats(subject.samples * window.pictureCount)
    let weight = numbers.floats(window.windowCount * subject.outputs)
    let bias = numbers.floats(subject.outputs)
    let dy = numbers.floats(subject.samples * window.positions * subject.outputs)

    var expectedY = dy.indices.map { Double(bias[$0 % subject.outputs]) }
    var expectedX = [Double](repeating: 0, count: x.count)
    var expectedWeight = [Double](repeating: 0, count: weight.count)
    subject.forEachTerm(window) { a, w, b in
      expectedY[b] += Double(x[a]) * Double(weight[w])
      expectedX[a] += Double(dy[b]) * Double(weight[w])
      expectedWeight[w] += Double(dy[b]) * Double(x[a])
    }
    let expectedBias = (0..<subject.outputs).map { o in
      stride(from: o, to: dy.count, by: subject.outputs).reduce(0.0) { $0 + Double(dy[$1]) }
    }

    let columns = garbage(convolution.columnCount)
    let y = garbage(dy.count)
    convolution.forward(
      buffer(x), weight: buffer(weight), bias: buffer(bias), columns: columns, into: y)
    #expect(worstError(y, expectedY) < singlePrecision)
    let (dx, dWeight, dBias) = (garbage(x.count), garbage(weight.count), garbage(subject.outputs))
    convolution.backward(
      buffer(x), outputGradient: buffer(dy), weight: buffer(weight), columns: columns,
      weightGradient: dWeight, biasGradient: dBias, into: dx)
    #expect(worstError(dx, expectedX) < singlePrecision)
    #expect(worstError(dWeight, expectedWeight) < singlePrecision)
    #expect(worstError(dBias, expectedBias) < singlePrecision)

    convolution.forward(buffer(x), weight: buffer(weight), bias: nil, columns: columns, into: y)
    #expect(
      worstError(y, expectedY.indices.map { expectedY[$0] - Double(bias[$0 % subject.outputs]) })
        < 2 * singlePrecision)
  }

  @Test("a window that fits nowhere is none")
  func impossibleWindows() {
    #expect(SlidingWindow(height: 4, width: 4, channels: 1, kernel: 5, stride: 1, padding: 0) == nil)
    #expect(SlidingWindow(height: 4, width: 4, channels: 1, kernel: 3, stride: 0, padding: 0) == nil)
    #expect(SlidingWindow(height: 4, width: 4, channels: 1, kernel: 5, stride: 1, padding: 1) != nil)
  }
}
