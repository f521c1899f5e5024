/// A tensor of a checkpoint: a strided view of stored bytes, converted to `Float` only when asked for.
///
/// The element at indexes (i, j, …) lies `offset + i · strides[0] + j · strides[1] + …` elements after the start of the
/// storage, as in PyTorch. Several tensors may share one storage.
public struct CheckpointTensor: Sendable {
  /// The type of the stored numbers.
  public let elementType: ElementType
  /// The extents; empty for a scalar.
  public let shape: [Int]
  /// Elements from one index to the next, for every dimension.
  let strides: [Int]
  /// The first element's index in the storage.
  let offset: Int
  /// The stored bytes, a slice of the file.
  let storage: ArraySlice<UInt8>

  /// More dimensions than any framework makes (PyTorch and NumPy stop at 64).
  static let rankLimit = 64

  /// Creates a row-major tensor of floats.
  ///
  /// - Parameters:
  ///   - shape: the extents; empty for a scalar.
  ///   - values: as many as the shape has elements, the last index running fastest.
  public init(shape: [Int], values: [Float]) {
    precondition(
      shape.allSatisfy { $0 >= 0 } && values.count == Self.elementCount(shape),
      "\(values.count) values do not fill the shape \(shape)")
    elementType = .float32
    self.shape = shape
    strides = Self.rowMajorStrides(shape)
    offset = 0
    #if _endian(little)
      // As they lie in memory: a large network has tens of millions.
      storage = values.withUnsafeBytes { [UInt8]($0)[...] }
    #else
      var bytes: [UInt8] = []
      bytes.reserveCapacity(values.count * 4)
      for value in values { bytes.appendLittleEndian(value.bitPattern) }
      storage = bytes[...]
    #endif
  }

  /// Creates a view after checking that it stays within the storage and repeats none of it.
  ///
  /// The last condition bounds what a small hostile file can make us allocate.
  ///
  /// - Parameters:
  ///   - strides: elements from one index to the next; nil for row-major.
  ///   - place: what to call the tensor in an error.
  init(
    elementType: ElementType, shape: [Int], strides: [Int]? = nil, offset: Int = 0,
    storage: ArraySlice<UInt8>, place: String
  ) throws(CheckpointError) {
    let strides = strides ?? Self.rowMajorStrides(shape)
    guard shape.count <= Self.rankLimit else {
      throw .tooLarge(quantity: "dimensions in \(place)", limit: Self.rankLimit)
    }
    guard strides.count == shape.count, offset >= 0, (shape + strides).allSatisfy({ $0 >= 0 }) else {
      throw .damaged(detail: "\(place) has the shape \(shape), the strides \(strides), the offset \(offset)")
    }
    let capacity = storage.count / elementType.byteCount
    guard let count = Self.elementCount(shape),
      count == 0 || Self.lastIndex(shape, strides, offset).map({ $0 < capacity }) == true
    else {
      throw .damaged(detail: "\(place) of shape \(shape) leaves its storage of \(capacity) elements")
    }
    guard count <= capacity else {
      throw .unsupported(
        detail: "\(place) of shape \(shape) that repeats its storage of \(capacity) elements")
    }
    self.elementType = elementType
    self.shape = shape
    self.strides = strides
    self.offset = offset
    self.storage = storage
  }

  private init(viewing tensor: CheckpointTensor, shape: [Int], strides: [Int]) {
    elementType = tensor.elementType
    self.shape = shape
    self.strides = strides
    offset = tensor.offset
    storage = tensor.storage
  }

  /// The number of elements.
  public var count: Int { Self.elementCount(shape) ?? 0 }

  /// The same elements with the dimensions in another order, for example `[2, 3, 1, 0]` from PyTorch's
  /// output × input × height × width to height × width × input × output; nothing is copied.
  ///
  /// - Parameter order: for every dimension of the result, the dimension of this tensor that it takes.
  public func permuted(_ order: [Int]) -> CheckpointTensor {
    precondition(order.sorted() == Array(shape.indices), "\(order) is no order of \(shape.count) dimensions")
    return CheckpointTensor(viewing: self, shape: order.map { shape[$0] }, strides: order.map { strides[$0] })
  }

  /// The same elements with the last dimension read as several, row-major; nothing is copied.
  func splittingLastDimension(into extents: [Int]) -> CheckpointTensor {
    guard let last = shape.last, let stride = strides.last, last == Self.elementCount(extents) else {
      preconditionFailure("the last dimension of \(shape) does not split into \(extents)")
    }
    return CheckpointTensor(
      viewing: self, shape: shape.dropLast() + extents,
      strides: strides.dropLast() + Self.rowMajorStrides(extents).map { $0 * stride })
  }

  /// The number of elements, or nil where it overflows; 0 if any extent is 0.
  static func elementCount(_ shape: [Int]) -> Int? {
    if shape.contains(0) { return 0 }
    var count = 1
    for extent in shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: extent)
      if overflows { return nil }
      count = product
    }
    return count
  }

  /// The strides of a row-major tensor; meaningless where the number of elements overflows.
  private static func rowMajorStrides(_ shape: [Int]) -> [Int] {
    var strides: [Int] = []
    var stride = 1
    for extent in shape.reversed() {
      strides.append(stride)
      stride = stride.multipliedReportingOverflow(by: extent).partialValue & .max
    }
    return strides.reversed()
  }

  /// The storage index of the last element of a tensor that has elements, or nil where it overflows.
  private static func lastIndex(_ shape: [Int], _ strides: [Int], _ offset: Int) -> Int? {
    var last = offset
    for (extent, stride) in zip(shape, strides) {
      let (distance, productOverflows) = (extent - 1).multipliedReportingOverflow(by: stride)
      let (sum, sumOverflows) = last.addingReportingOverflow(distance)
      if productOverflows || sumOverflows { return nil }
      last = sum
    }
    return last
  }
}
