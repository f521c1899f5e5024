internal import NumericKernels

/// A self-tuning method at work: its step is a pass that measures, a conclusion from the sums, and a pass that moves.
///
/// Both passes go through stretches of parameters on any thread; sums are added up in the order of the stretches.
protocol SelfTuningMethod: Sendable {
  /// Everything that steps change beside the state buffers; always as many numbers.
  var scalars: [Double] { get set }
  /// What multiplies the learning rate, as the latest step found it; nil where nothing is found.
  var estimate: Double? { get }
  /// Whether there is a pass that measures.
  var measures: Bool { get }

  /// Takes note of the step to come.
  ///
  /// - Parameter gradientSquares: computes Σ g² of what is trained at a rate above 0.
  mutating func begin(_ step: SelfTuningStep, gradientSquares: () -> Double)
  /// Sums up over a part, and moves its states.
  func measure(_ part: OptimizerPart) -> MeasuredSums
  /// Draws the conclusion from the sums of every block.
  mutating func conclude(_ blocks: [MeasuredSums])
  /// Moves the parameters of a part.
  func move(_ part: OptimizerPart, sums: inout StepSums)
}

extension SelfTuningMethod {
  var measures: Bool { true }
}

/// What is known of a step before its passes.
struct SelfTuningStep {
  /// Counted from 1.
  let number: Int
  /// The momentum in this step.
  let momentum: Double
  /// One for each parameter group.
  let learningRates: [Double]
  /// The largest of those that move anything; the packages call it `lr`.
  let largestRate: Double
}

/// A stretch of parameters with what belongs to it.
struct OptimizerPart {
  let operands: OptimizerOperands
  let buffers: [FloatBuffer]
  let range: Range<Int>
  let group: Int
  /// What the stretch is estimated together with.
  let block: Int
  let learningRate: Double
  let weightDecay: Double

  /// The stretch of a state buffer.
  func state(_ index: Int) -> FloatView {
    buffers[index].view.slice(from: range.lowerBound, count: range.count)
  }
}

/// What is estimated together.
enum EstimateScope {
  case all, group, tensor
}

extension SelfTuning {
  /// How many numbers the method keeps for each parameter.
  var stateCount: Int {
    switch method {
    case .dog, .lDog: 1
    case .dAdaptSGD, .scheduleFreeSGD: 2
    case .mechanicSGD, .dAdaptAdam, .scheduleFreeAdamW: 3
    case .prodigy, .mechanicAdamW: 4
    }
  }

  /// The first so many states begin as copies of the parameters, the others at 0.
  var copyCount: Int {
    switch method {
    case .dAdaptAdam: 0
    case .prodigy, .dAdaptSGD, .dog, .lDog, .mechanicSGD, .mechanicAdamW: 1
    case .scheduleFreeSGD, .scheduleFreeAdamW: 2
    }
  }

  /// What is estimated together: of DoG a parameter group, as its package does.
  var scope: EstimateScope {
    switch method {
    case .dog: .group
    case .lDog: .tensor
    default: .all
    }
  }

  /// The method before its first step.
  func begun(blocks: Int, groups: Int) -> any SelfTuningMethod {
    switch method {
    case .prodigy: Prodigy(self)
    case .dAdaptAdam: DAdaptAdam(self)
    case .dAdaptSGD: DAdaptSGD(self)
    case .dog, .lDog: DistanceOverGradients(self, blocks: blocks)
    case .mechanicSGD, .mechanicAdamW: Mechanic(self)
    case .scheduleFreeSGD, .scheduleFreeAdamW: ScheduleFree(self, groups: groups)
    }
  }
}
