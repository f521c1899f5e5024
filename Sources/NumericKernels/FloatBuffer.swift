internal import Glibc

/// The one owner of memory for the engine's numbers: zeroed floats, aligned to a cache line.
///
/// Everything else refers to its memory through ``FloatView``, which keeps it alive and checks its bounds. Not
/// `Sendable`: one training run owns its buffers and nobody else touches them.
public final class FloatBuffer {
  /// How many floats the buffer holds.
  public let count: Int
  let base: UnsafeMutablePointer<Float>
  /// A cache line; also the width of the widest vector register.
  private static let alignment = 64
  /// A huge page of x86-64 and arm64: buffers of several get them where the system has them, for kernels write to more
  /// places at once than there are entries for ordinary pages in a translation buffer.
  private static let hugePage = 2 << 20

  /// Allocates `count` floats, all zero.
  public init(count: Int) {
    precondition(count >= 0, "a buffer cannot hold \(count) floats")
    self.count = count
    let bytes = max(count, 1) * MemoryLayout<Float>.stride
    let isLarge = bytes >= 2 * Self.hugePage
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: bytes, alignment: isLarge ? Self.hugePage : Self.alignment)
    // Advice that a system without huge pages may decline.
    if isLarge { _ = madvise(memory, bytes, MADV_HUGEPAGE) }
    base = memory.bindMemory(to: Float.self, capacity: max(count, 1))
    base.initialize(repeating: 0, count: max(count, 1))
  }

  deinit {
    base.deallocate()
  }

  /// The whole buffer.
  public var view: FloatView {
    FloatView(owner: self, offset: 0, count: count)
  }
}

/// A stretch of a ``FloatBuffer``, checked once where it is made and at every subscript.
///
/// A view is a reference: copies share the memory, and writing through one is seen by all. Kernels take views,
/// compare their counts and only then hand pointers to C.
public struct FloatView {
  /// How many floats the view spans.
  public let count: Int
  private let owner: FloatBuffer
  private let offset: Int

  fileprivate init(owner: FloatBuffer, offset: Int, count: Int) {
    self.owner = owner
    self.offset = offset
    self.count = count
  }

  /// The first element, for kernels of this module: never stored, and valid while the view is in scope.
  var pointer: UnsafeMutablePointer<Float> {
    owner.base + offset
  }

  /// The `count` floats from `start` on.
  public func slice(from start: Int, count: Int) -> FloatView {
    precondition(
      start >= 0 && count >= 0 && count <= self.count - start,
      "floats \(start)..<\(start + count) lie outside a view of \(self.count)")
    return FloatView(owner: owner, offset: offset + start, count: count)
  }

  /// The float at `index`, counted from 0.
  public subscript(index: Int) -> Float {
    get {
      precondition(index >= 0 && index < count, "float \(index) lies outside a view of \(count)")
      return pointer[index]
    }
    nonmutating set {
      precondition(index >= 0 && index < count, "float \(index) lies outside a view of \(count)")
      pointer[index] = newValue
    }
  }

  /// A copy of the floats.
  public var values: [Float] {
    Array(UnsafeBufferPointer(start: pointer, count: count))
  }

  /// Overwrites the view with the first `count` values; there may be more.
  public func copy(from values: [Float]) {
    precondition(values.count >= count, "\(values.count) values cannot fill a view of \(count)")
    values.withUnsafeBufferPointer { source in
      if let first = source.baseAddress { pointer.update(from: first, count: count) }
    }
  }

  /// Overwrites the view with another one of the same count.
  public func copy(from other: FloatView) {
    precondition(other.count == count, "a view of \(other.count) cannot fill one of \(count)")
    pointer.update(from: other.pointer, count: count)
  }

  /// Sets every float to `value`.
  public func fill(with value: Float) {
    pointer.update(repeating: value, count: count)
  }
}
