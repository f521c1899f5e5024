internal import Dispatch
internal import Synchronization

/// A batch of photographs that is decoded while the batches before it are trained on.
///
/// What it gives depends on the views alone, so that copies of a source may share it.
final class PhotographRendering: Sendable {
  /// The photographs of the batch, in its order.
  let indices: [Int]
  private let values = Mutex<[Float]>([])
  private let work = DispatchGroup()
  /// One batch after the other, each on all cores; a queue of its own has a thread even where all others wait.
  private static let queue = DispatchQueue(label: "photographs")

  /// Starts to decode on all cores, behind the caller's back.
  init(_ views: [PhotographView], of photographs: Photographs) {
    indices = views.map(\.index)
    Self.queue.async(group: work) { [self] in
      var rendered = [Float](repeating: 0, count: views.count * photographs.valueCount)
      photographs.render(views, into: &rendered)
      values.withLock { $0 = rendered }
    }
  }

  /// Waits for the values and copies them to the beginning of `inputs`.
  func copy(into inputs: inout [Float]) {
    work.wait()
    values.withLock { values in
      inputs.withUnsafeMutableBufferPointer { inputs in
        precondition(inputs.count >= values.count, "a batch has no room for \(indices.count) photographs")
        values.withUnsafeBufferPointer { values in
          if let target = inputs.baseAddress, let source = values.baseAddress {
            target.update(from: source, count: values.count)
          }
        }
      }
    }
  }
}
