internal import CKernels

/// A two-dimensional convolution (cross-correlation) of NHWC pictures.
///
/// Layouts: pictures [samples][height][width][inputs], filters [kernel][kernel][inputs / groups][outputs], results
/// [samples][outputHeight][outputWidth][outputs]. Group g connects the g-th part of the inputs with the g-th part of the
/// outputs. With one input and one output in each group (depthwise) the vectors run over the channels; 3×3 convolutions
/// with stride 1 and channels in multiples of 16 use Winograd's algorithm unless `exact`; all others sum directly. The
/// results are the same bits for every team.
public struct Convolution: Sendable, Equatable {
  /// How the filters slide.
  public let window: SlidingWindow
  /// The number of filters.
  public let outputs: Int
  /// How many parts of the inputs and outputs are connected, each with its like.
  public let groups: Int
  private let method: Method

  private enum Method: Equatable {
    case depthwise
    case winograd(WinogradConvolution)
    case direct(DirectConvolution)
  }

  /// Describes a convolution with `outputs` filters; `groups` divides them and the window's channels.
  ///
  /// `exact` forgoes Winograd's algorithm, which rounds three to seven times as coarsely as direct sums.
  public init(window: SlidingWindow, outputs: Int, groups: Int = 1, exact: Bool = false) {
    precondition(outputs > 0, "a convolution needs at least one filter")
    precondition(
      groups > 0 && outputs % groups == 0 && window.channels % groups == 0,
      "\(groups) groups do not divide \(window.channels) inputs and \(outputs) outputs")
    self.window = window
    self.outputs = outputs
    self.groups = groups
    if groups == window.channels && groups == outputs && groups > 1 {
      method = .depthwise
    } else if !exact && groups == 1 && WinogradConvolution.isApplicable(to: window, outputs: outputs) {
      method = .winograd(
        WinogradConvolution(
          height: window.height, width: window.width, inputs: window.channels, outputs: outputs))
    } else {
      method = .direct(DirectConvolution(window: window, outputs: outputs, groups: groups))
    }
  }

  /// The number of filter weights.
  public var weightCount: Int { window.windowCount / groups * outputs }
  private var resultCount: Int { window.positions * outputs }

  /// The floats of scratch memory that each pass over up to `pictures` pictures needs.
  public func scratchCount(pictures: Int, threads: Int) -> Int {
    switch method {
    case .depthwise: 0
    case .winograd(let winograd): winograd.scratchCount(pictures: pictures, threads: threads)
    case .direct(let direct): direct.scratchCount(threads: threads)
    }
  }

  /// y = x ∗ weight + bias.
  public func forward(
    _ x: FloatView, weight: FloatView, bias: FloatView?, into y: FloatView, scratch: FloatView,
    team: WorkerTeam = .alone
  ) {
    check(x, weight, y)
    precondition((bias?.count ?? outputs) == outputs, "convolution: the bias's count differs")
    switch method {
    case .depthwise:
      team.forEach(x.count / window.pictureCount) { picture, _ in
        var cWindow = window.cWindow()
        ck_depthwise_forward(
          1, &cWindow, x.pointer + picture * window.pictureCount, weight.pointer, bias?.pointer,
          y.pointer + picture * resultCount)
      }
    case .winograd(let winograd):
      winograd.forward(x, weight: weight, bias: bias, into: y, scratch: scratch, team: team)
    case .direct(let direct):
      direct.forward(x, weight: weight, bias: bias, into: y, scratch: scratch, team: team)
    }
  }

  /// The gradient of ``forward(_:weight:bias:into:scratch:team:)`` with respect to x, set or, where `accumulating`, added.
  public func inputGradient(
    _ dy: FloatView, weight: FloatView, into dx: FloatView, accumulating: Bool = false, scratch: FloatView,
    team: WorkerTeam = .alone
  ) {
    check(dx, weight, dy)
    switch method {
    case .depthwise:
      precondition(!accumulating, "a depthwise convolution's input gradient is not added up")
      team.forEach(dx.count / window.pictureCount) { picture, _ in
        var cWindow = window.cWindow()
        ck_depthwise_input_gradient(
          1, &cWindow, dy.pointer + picture * resultCount, weight.pointer,
          dx.pointer + picture * window.pictureCount)
      }
    case .winograd(let winograd):
      winograd.inputGradient(
        dy, weight: weight, into: dx, accumulating: accumulating, scratch: scratch, team: team)
    case .direct(let direct):
      direct.inputGradient(
        dy, weight: weight, into: dx, accumulating: accumulating, scratch: scratch, team: team)
    }
  }

  /// The gradient with respect to the filters.
  public func weightGradient(
    _ x: FloatView, _ dy: FloatView, into weightGradient: FloatView, scratch: FloatView,
    team: WorkerTeam = .alone
  ) {
    check(x, weightGradient, dy)
    switch method {
    case .depthwise:
      var cWindow = window.cWindow()
      ck_depthwise_weight_gradient(
        x.count / window.pictureCount, &cWindow, x.pointer, dy.pointer, weightGradient.pointer)
    case .winograd(let winograd):
      winograd.weightGradient(x, dy, into: weightGradient, scratch: scratch, team: team)
    case .direct(let direct):
      direct.weightGradient(x, dy, into: weightGradient, scratch: scratch, team: team)
    }
  }

  private func check(_ x: FloatView, _ weight: FloatView, _ y: FloatView) {
    precondition(
      x.count % window.pictureCount == 0 && y.count == x.count / window.pictureCount * resultCount
        && weight.count == weightCount,
      "convolution: the counts of pictures, filters or results do not fit each other")
  }
}
