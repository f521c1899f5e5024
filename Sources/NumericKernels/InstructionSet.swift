internal import CKernels

/// The instructions that the kernels of this process use; recorded with results, since they decide their last bits.
public enum InstructionSet {
  /// The level that the loader chose for this processor: `x86-64` (any), `x86-64-v3` (AVX2 and fused products),
  /// `x86-64-v4` (AVX-512), `aarch64`, or `unknown`.
  ///
  /// The levels are those of the x86-64 psABI, "Micro-Architecture Levels". OpenBLAS chooses its own kernels: see
  /// ``BLAS/Configuration/coreName``.
  public static var inUse: String { String(cString: ck_instruction_set()) }
}
