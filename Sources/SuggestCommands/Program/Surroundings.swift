import CurveModel
import NumericKernels
import TrainingEngine

/// What took part in a training beside its task: programs and libraries, and how they ran.
///
/// Results are the same bits for the same task, build, instruction set and OpenBLAS core; the number of threads changes
/// nothing, and is recorded so that a doubt about that can be followed up.
enum Surroundings {
  /// The facts for the header of a curve or the result of a training.
  static func labels(_ execution: Execution) -> [CurveHeader.Label] {
    [
      .init("suggest", .string(SuggestProgram.version)),
      .init("instructionSet", .string(InstructionSet.inUse)),
      .init("openblas", .string(BLAS.configuration.description)),
      .init("openblasCore", .string(BLAS.configuration.coreName)),
      .init("threads", .number(Double(execution.threads))),
      .init("exact", .bool(execution.exact)),
    ]
  }
}
