import NumericKernels
import Testing

/// A convolution case; the naive twin loops over every output, tap and channel.
struct ConvolutionCase: Sendable, CustomTestStringConvertible {
  let samples, height, width, inputs, outputs, kernel, stride: Int
  /// Nil pads as TensorFlow's "same".
  let padding: Int?
  var groups = 1
  /// Whether Winograd's algorithm is used where it can be.
  var exact = true

  var testDescription: String {
    "\(samples)×\(height)×\(width)×\(inputs) → \(outputs), kernel \(kernel), stride \(stride), padding \(padding.map(String.init) ?? "same")"
      + ", groups \(groups)\(exact ? "" : ", Winograd")"
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
    // A stride beyond the kernel leaves pixels that nobody sees.
    Self(samples: 2, height: 8, width: 7, inputs: 3, outputs: 2, kernel: 2, stride: 3, padding: 0),
    Self(samples: 2, height: 9, width: 10, inputs: 3, outputs: 2, kernel: 1, stride: 3, padding: 1),
    // More channels than one panel, more pictures than parts of a weight gradient, more rows than a block.
    Self(
      samples: 5, height: 24, width: 24, inputs: 34, outputs: 40, kernel: 3, stride: 1, padding: nil,
      groups: 2
    ),
    Self(samples: 5, height: 24, width: 80, inputs: 8, outputs: 6, kernel: 3, stride: 1, padding: 1),
    Self(samples: 6, height: 15, width: 14, inputs: 16, outputs: 32, kernel: 3, stride: 2, padding: 1),
    // Winograd: sides that are and are not multiples of the tile, filters that stay and tiles that stay, one and several
    // blocks of tiles.
    Self(
      samples: 1, height: 4, width: 4, inputs: 16, outputs: 16, kernel: 3, stride: 1, padding: 1, exact: false
    ),
    Self(
      samples: 2, height: 1, width: 2, inputs: 16, outputs: 32, kernel: 3, stride: 1, padding: 1, exact: false
    ),
    Self(
      samples: 9, height: 13, width: 10, inputs: 48, outputs: 32, kernel: 3, stride: 1, padding: nil,
      exact: false),
    Self(
      samples: 1, height: 7, width: 6, inputs: 144, outputs: 128, kernel: 3, stride: 1, padding: 1,
      exact: false),
    Self(
      samples: 170, height: 1, width: 1, inputs: 32, outputs: 544, kernel: 3, stride: 1, padding: 1,
      exact: false),
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
  @Test(
    "forward and both gradients equal the naive loops, the same bits on one thread and on three",
    arguments: ConvolutionCase.all)
  func naiveTwin(_ subject: ConvolutionCase) throws {
    let window = try #require(subject.window)
    let convolution = Convolution(
      window: window, outputs: subject.outputs, groups: subject.groups, exact: subject.exact)
    var numbers = TestNumbers(seed: 8)
    let x = numbers.floats(subject.samples * window.pictureCount)
    let weight = numbers.floats(convolution.weightCount)
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
    // What Winograd's algorithm is documented to round by.
    let tolerance = subject.exact ? 2 * singlePrecision : 2e-5

    var bits: [[[UInt32]]] = []
    for team in [WorkerTeam.alone, WorkerTeam(threads: 3)] {
      let scratch = garbage(convolution.scratchCount(pictures: subject.samples, threads: team.threads))
      let (y, dx, dWeight) = (garbage(dy.count), garbage(x.count), garbage(weight.count))
      convolution.forward(
        buffer(x), weight: buffer(weight), bias: buffer(bias), into: y, scratch: scratch, team: team)
      convolution.inputGradient(buffer(dy), weight: buffer(weight), into: dx, scratch: scratch, team: team)
      convolution.weightGradient(buffer(x), buffer(dy), into: dWeight, scratch: scratch, team: team)
      #expect(worstError(y, expectedY) < tolerance)
      #expect(worstError(dx, expectedX) < tolerance)
      #expect(worstError(dWeight, expectedWeight) < tolerance)
      bits.append([y, dx, dWeight].map { $0.values.map(\.bitPattern) })

      convolution.forward(
        buffer(x), weight: buffer(weight), bias: nil, into: y, scratch: scratch, team: team)
      let withoutBias = expectedY.indices.map { expectedY[$0] - Double(bias[$0 % subject.outputs]) }
      #expect(worstError(y, withoutBias) < tolerance)
      if window.channels != subject.groups || subject.groups == 1 {
        convolution.inputGradient(
          buffer(dy), weight: buffer(weight), into: dx, accumulating: true, scratch: scratch, team: team)
        #expect(worstError(dx, expectedX.map { 2 * $0 }) < tolerance)
      }
    }
    #expect(bits[0] == bits[1])
  }

  @Test("memory planned for a batch serves every smaller one", arguments: [true, false])
  func smallerBatches(_ exact: Bool) throws {
    let window = try #require(
      SlidingWindow(height: 2, width: 3, channels: 32, kernel: 3, stride: 1, padding: 1))
    let convolution = Convolution(window: window, outputs: 544, exact: exact)
    let most = 330
    let scratch = garbage(convolution.scratchCount(pictures: most, threads: 2))
    var numbers = TestNumbers(seed: 11)
    let x = buffer(numbers.floats(most * window.pictureCount))
    let dy = buffer(numbers.floats(most * window.positions * 544))
    let weight = buffer(numbers.floats(convolution.weightCount))
    for pictures in [1, 2, 84, 85, 86, 150, 151, 160, 161, 162, 163, 169, 170, 171, 320, 321, 322, 329, most]
    {
      let (someX, someY) = (
        x.slice(from: 0, count: pictures * window.pictureCount),
        dy.slice(from: 0, count: pictures * window.positions * 544)
      )
      let own = garbage(convolution.scratchCount(pictures: pictures, threads: 1))
      let bits = [(scratch, WorkerTeam(threads: 2)), (own, .alone)].map { scratch, team in
        let (y, dx, dWeight) = (garbage(someY.count), garbage(someX.count), garbage(weight.count))
        convolution.forward(someX, weight: weight, bias: nil, into: y, scratch: scratch, team: team)
        convolution.inputGradient(someY, weight: weight, into: dx, scratch: scratch, team: team)
        convolution.weightGradient(someX, someY, into: dWeight, scratch: scratch, team: team)
        return [y, dx, dWeight].map { $0.values.map(\.bitPattern) }
      }
      #expect(bits[0] == bits[1], "\(pictures)")
    }
  }

  @Test("a window that fits nowhere is none")
  func impossibleWindows() {
    #expect(SlidingWindow(height: 4, width: 4, channels: 1, kernel: 5, stride: 1, padding: 0) == nil)
    #expect(SlidingWindow(height: 4, width: 4, channels: 1, kernel: 3, stride: 0, padding: 0) == nil)
    #expect(SlidingWindow(height: 4, width: 4, channels: 1, kernel: 5, stride: 1, padding: 1) != nil)
    #expect(SlidingWindow(height: 4, width: 4, channels: 1, kernel: 3, stride: 1, padding: -1) == nil)
  }
}
