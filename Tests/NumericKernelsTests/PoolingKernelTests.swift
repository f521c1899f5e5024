import NumericKernels
import Testing

/// A pooling case: samples, height, width, channels, kernel, stride, padding.
struct PoolingCase: Sendable {
  let samples, height, width, channels, kernel, stride, padding: Int

  static let all = [
    Self(samples: 1, height: 2, width: 2, channels: 1, kernel: 2, stride: 2, padding: 0),
    Self(samples: 2, height: 5, width: 7, channels: 3, kernel: 2, stride: 2, padding: 0),
    Self(samples: 2, height: 6, width: 5, channels: 33, kernel: 3, stride: 2, padding: 1),
    Self(samples: 3, height: 4, width: 4, channels: 16, kernel: 3, stride: 1, padding: 1),
    // Windows beside each other that begin in the padding leave the last row and column to nobody.
    Self(samples: 2, height: 6, width: 6, channels: 9, kernel: 3, stride: 3, padding: 1),
    Self(samples: 1, height: 4, width: 8, channels: 2, kernel: 4, stride: 4, padding: 1),
    // Gaps between the windows.
    Self(samples: 2, height: 8, width: 7, channels: 8, kernel: 2, stride: 3, padding: 0),
  ]
}

@Suite("Pooling kernels")
struct PoolingKernelTests {
  /// Few distinct values, so that ties are common and must go to the first.
  @Test("max pooling equals the naive loops, ties included", arguments: PoolingCase.all)
  func maxPool(_ subject: PoolingCase) throws {
    let window = try #require(
      SlidingWindow(
        height: subject.height, width: subject.width, channels: subject.channels, kernel: subject.kernel,
        stride: subject.stride, padding: subject.padding))
    var numbers = TestNumbers(seed: 9)
    let x = numbers.floats(subject.samples * window.pictureCount).map { ($0 * 2).rounded() }
    let dy = numbers.floats(subject.samples * window.positions * subject.channels)
    var expectedY: [Double] = []
    var expectedX = [Double](repeating: 0, count: x.count)
    for n in 0..<subject.samples {
      for i in 0..<window.outputHeight {
        for j in 0..<window.outputWidth {
          for c in 0..<subject.channels {
            let taps = (0..<subject.kernel * subject.kernel).compactMap { tap -> Int? in
              let row = i * subject.stride + tap / subject.kernel - subject.padding
              let column = j * subject.stride + tap % subject.kernel - subject.padding
              guard (0..<subject.height).contains(row), (0..<subject.width).contains(column) else {
                return nil
              }
              return ((n * subject.height + row) * subject.width + column) * subject.channels + c
            }
            let largest = try #require(taps.map { x[$0] }.max())
            let winner = try #require(taps.first { x[$0] == largest })
            expectedX[winner] += Double(dy[expectedY.count])
            expectedY.append(Double(largest))
          }
        }
      }
    }
    let y = garbage(dy.count)
    maxPoolForward(buffer(x), window: window, into: y)
    #expect(y.values == expectedY.map(Float.init))
    let dx = garbage(x.count)
    maxPoolBackward(buffer(x), output: y, outputGradient: buffer(dy), window: window, into: dx)
    #expect(worstError(dx, expectedX) < singlePrecision)

    // Rectified on the way, it equals a rectifier's passes before it.
    let (rectified, maxima, gradient) = (garbage(x.count), garbage(y.count), garbage(x.count))
    reluForward(buffer(x), into: rectified)
    maxPoolForward(rectified, window: window, into: maxima)
    maxPoolBackward(rectified, output: maxima, outputGradient: buffer(dy), window: window, into: gradient)
    reluBackward(output: rectified, outputGradient: gradient, into: gradient)
    maxPoolForward(buffer(x), window: window, rectifying: true, into: y)
    #expect(y.values == maxima.values)
    dx.fill(with: .nan)
    maxPoolBackward(
      buffer(x), output: y, outputGradient: buffer(dy), window: window, rectifying: true, into: dx)
    #expect(dx.values == gradient.values)
  }

  @Test("a NaN wins the window and gets its gradient")
  func maxPoolOfNaN() throws {
    let window = try #require(
      SlidingWindow(height: 2, width: 2, channels: 1, kernel: 2, stride: 2, padding: 0))
    let x = buffer([1, .nan, .infinity, 2])
    let y = garbage(1)
    maxPoolForward(x, window: window, into: y)
    #expect(y[0].isNaN)
    let dx = garbage(4)
    maxPoolBackward(x, output: y, outputGradient: buffer([5]), window: window, into: dx)
    #expect(dx.values == [0, 5, 0, 0])
  }

  @Test(
    "the global average and its gradient equal the naive ones",
    arguments: [(1, 1, 1), (3, 20, 5), (2, 49, 40)])
  func averagePool(_ samples: Int, _ pixels: Int, _ channels: Int) {
    var numbers = TestNumbers(seed: 10)
    let x = numbers.floats(samples * pixels * channels)
    let dy = numbers.floats(samples * channels)
    let y = garbage(samples * channels)
    globalAveragePoolForward(buffer(x), pixels: pixels, channels: channels, into: y)
    let expected = (0..<samples * channels).map { index in
      (0..<pixels).reduce(0.0) {
        $0 + Double(x[(index / channels * pixels + $1) * channels + index % channels])
      } / Double(pixels)
    }
    #expect(worstError(y, expected) < singlePrecision)
    let dx = garbage(x.count)
    globalAveragePoolBackward(outputGradient: buffer(dy), pixels: pixels, channels: channels, into: dx)
    let shares = x.indices.map {
      Double(dy[$0 / (pixels * channels) * channels + $0 % channels]) / Double(pixels)
    }
    #expect(worstError(dx, shares) < singlePrecision)
  }

  @Test("window averages and their gradients equal the naive loops", arguments: PoolingCase.all)
  func windowAverage(_ subject: PoolingCase) throws {
    let window = try #require(
      SlidingWindow(
        height: subject.height, width: subject.width, channels: subject.channels, kernel: subject.kernel,
        stride: subject.stride, padding: subject.padding))
    var numbers = TestNumbers(seed: 15)
    let x = numbers.floats(subject.samples * window.pictureCount)
    let dy = numbers.floats(subject.samples * window.positions * subject.channels)
    var expectedY = [Double](repeating: 0, count: dy.count)
    var expectedX = [Double](repeating: 0, count: x.count)
    for output in dy.indices {
      let (c, place) = (output % subject.channels, output / subject.channels)
      let (j, i) = (place % window.outputWidth, place / window.outputWidth % window.outputHeight)
      let n = place / window.positions
      for tap in 0..<subject.kernel * subject.kernel {
        let row = i * subject.stride + tap / subject.kernel - subject.padding
        let column = j * subject.stride + tap % subject.kernel - subject.padding
        guard (0..<subject.height).contains(row), (0..<subject.width).contains(column) else { continue }
        let input = ((n * subject.height + row) * subject.width + column) * subject.channels + c
        expectedY[output] += Double(x[input]) / Double(subject.kernel * subject.kernel)
        expectedX[input] += Double(dy[output]) / Double(subject.kernel * subject.kernel)
      }
    }
    let y = garbage(dy.count)
    averagePoolForward(buffer(x), window: window, into: y)
    #expect(worstError(y, expectedY) < singlePrecision)
    let dx = garbage(x.count)
    averagePoolBackward(outputGradient: buffer(dy), window: window, into: dx)
    #expect(worstError(dx, expectedX) < singlePrecision)
  }

  /// Few distinct values, so that ties are common and must go to the first.
  @Test(
    "maxima and means over a picture equal the naive ones, ties included",
    arguments: [(1, 1, 1), (3, 20, 5), (2, 49, 40)])
  func concatPool(_ samples: Int, _ pixels: Int, _ channels: Int) throws {
    var numbers = TestNumbers(seed: 16)
    let x = numbers.floats(samples * pixels * channels).map { ($0 * 2).rounded() }
    let dy = numbers.floats(samples * 2 * channels)
    var expectedY = [Double](repeating: 0, count: dy.count)
    var expectedX = [Double](repeating: 0, count: x.count)
    for n in 0..<samples {
      for c in 0..<channels {
        let places = (0..<pixels).map { (n * pixels + $0) * channels + c }
        let (first, second) = (n * 2 * channels + c, (n * 2 + 1) * channels + c)
        let winner = try #require(places.max { x[$0] < x[$1] || (x[$0] == x[$1] && $0 > $1) })
        expectedY[first] = Double(x[winner])
        expectedY[second] = places.reduce(0) { $0 + Double(x[$1]) } / Double(pixels)
        expectedX[winner] += Double(dy[first])
        for place in places { expectedX[place] += Double(dy[second]) / Double(pixels) }
      }
    }
    let y = garbage(dy.count)
    concatPoolForward(buffer(x), pixels: pixels, channels: channels, into: y)
    #expect(worstError(y, expectedY) < singlePrecision)
    let dx = garbage(x.count)
    concatPoolBackward(
      buffer(x), output: y, outputGradient: buffer(dy), pixels: pixels, channels: channels, into: dx)
    #expect(worstError(dx, expectedX) < singlePrecision)
  }

  @Test("a NaN pixel is the maximum and the mean of its channel")
  func concatPoolOfNaN() {
    let y = garbage(2)
    concatPoolForward(buffer([1, .nan, 3]), pixels: 3, channels: 1, into: y)
    #expect(y[0].isNaN && y[1].isNaN)
  }
}
