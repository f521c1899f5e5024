import NumericKernels
import Testing

/// A convolution case; the naive twin loops over every output, tap and channel.
struct ConvolutionCase: Sendable, CustomTestStringConvertible {
  let samples, height, width, inputs, outputs, kernel, stride: Int
  /// Nil pads as TensorFlow's "same".
  let padding: Int?
  var groups = 1

  var testDescription: String {
    "\(samples)×\(height)×\(width)×\(inputs) → \(outputs), kernel \(kernel), stride \(stride), padding \(padding.map(String.init) ?? "same")"
      + ", groups \(groups)"
  }

  /// Pixels of padding before a side of `size` pixels and the number of places: TensorFlow's formulas as published.
  private func layout(_ size: Int) -> (before: Int, places: Int) {
    if let padding { return (padding, (size + 2 * padding - kernel) / stride + 1) }
    let total = size % stride == 0 ? max(kernel - stride, 0) : max(kernel - size % stride, 0)
    return (total / 2, Int((Double(size) / Double(stride)).rounded(.up)))
  }

  static let all = [
    Self(samples: 1, height: 1, width: 1, inputs: 1, outputs: 1, kernel: 1, stride: 1, padding: 0),
    Self(samples: 2, height: 5, width: 7, inputs: 3, outputs: 4, kernel: 3, stride: 1, padding: 1),
    Self(samples: 3, height: 6, width: 4, inputs: 2, outputs: 5, kernel: 3, stride: 2, padding: 1),
    Self(samples: 2, height: 7, width: 7, inputs: 4, outputs: 3, kernel: 1, stride: 1, padding: 0),
    Self(samples: 2, height: 7, width: 6, inputs: 4, outputs: 3, kernel: 1, stride: 2, padding: 0),
    Self(samples: 1, height: 9, width: 8, inputs: 3, outputs: 2, kernel: 7, stride: 2, padding: 3),
    Self(samples: 2, height: 3, width: 3, inputs: 1, outputs: 2, kernel: 2, stride: 1, padding: 2),
    Self(samples: 2, height: 6, width: 5, inputs: 2, outputs: 3, kernel: 3, stride: 2, padding: nil),
    Self(samples: 1, height: 7, width: 9, inputs: 2, outputs: 3, kernel: 2, stride: 3, padding: nil),
    Self(samples: 2, height: 5, width: 4, inputs: 6, outputs: 4, kernel: 3, stride: 1, padding: 1, groups: 2),
    Self(samples: 2, height: 5, width: 4, inputs: 6, outputs: 9, kernel: 1, stride: 1, padding: 0, groups: 3),
    Self(samples: 1, height: 5, width: 5, inputs: 3, outputs: 6, kernel: 3, stride: 2, padding: 1, groups: 3),
    Self(
      samples: 2, height: 6, width: 5, inputs: 35, outputs: 35, kernel: 3, stride: 1, padding: 1, groups: 35),
    Self(
      samples: 2, height: 7, width: 6, inputs: 5, outputs: 5, kernel: 5, stride: 2, padding: nil, groups: 5),
    Self(samples: 1, height: 2, width: 3, inputs: 4, outputs: 4, kernel: 5, stride: 1, padding: 2, groups: 4),
    // Large enough for more than one block of unrolled pictures.
    Self(
      samples: 5, height: 24, width: 24, inputs: 16, outputs: 6, kernel: 3, stride: 1, padding: nil, groups: 2
    ),
    // Large enough for more than one block of unrolled pictures.
    Self(samples: 5, height: 24, width: 24, inputs: 8, outputs: 6, kernel: 3, stride: 1, padding: 1),
  ]

  /// Calls `body` for every product of the sum: picture index, filter index, result index.
  func forEachTerm(_ body: (Int, Int, Int) -> Void) {
    let (top, rows) = layout(height)
    let (left, columns) = layout(width)
    let (groupInputs, groupOutputs) = (inputs / groups, outputs / groups)
    for n in 0..<samples {
      for i in 0..<rows {
        for j in 0..<columns {
          for r in 0..<kernel {
            for s in 0..<kernel {
              let (row, column) = (i * stride + r - top, j * stride + s - left)
              guard (0..<height).contains(row), (0..<width).contains(column) else { continue }
              for c in 0..<groupInputs {
                for o in 0..<outputs {
                  body(
                    ((n * height + row) * width + column) * inputs + o / groupOutputs * groupInputs + c,
                    ((r * kernel + s) * groupInputs + c) * outputs + o,
                    ((n * rows + i) * columns + j) * outputs + o)
                }
              }
            }
          }
        }
      }
    }
  }

  var window: SlidingWindow? {
    guard let padding else {
      return SlidingWindow(
        samePaddedHeight: height, width: width, channels: inputs, kernel: kernel, stride: stride)
    }
    return SlidingWindow(
      height: height, width: width, channels: inputs, kernel: kernel, stride: stride, padding: padding)
  }

  /// The number of results.
  var resultCount: Int { samples * layout(height).places * layout(width).places * outputs }
}

@Suite("Convolution kernels")
struct ConvolutionKernelTests {
  @Test("forward and both gradients equal the naive loops", arguments: ConvolutionCase.all)
  func naiveTwin(_ subject: ConvolutionCase) throws {
    let window = try #require(subject.window)
    let convolution = Convolution(window: window, outputs: subject.outputs, groups: subject.groups)
    var numbers = TestNumbers(seed: 8)
    let x = numbers.floats(subject.samples * window.pictureCount)
    let weight = numbers.floats(window.windowCount / subject.groups * subject.outputs)
    let bias = numbers.floats(subject.outputs)
    let dy = numbers.floats(subject.resultCount)

    var expectedY = dy.indices.map { Double(bias[$0 % subject.outputs]) }
    var expectedX = [Double](repeating: 0, count: x.count)
    var expectedWeight = [Double](repeating: 0, count: weight.count)
    subject.forEachTerm { a, w, b in
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
    #expect(SlidingWindow(height: 4, width: 4, channels: 1, kernel: 3, stride: 1, padding: -1) == nil)
  }
}
