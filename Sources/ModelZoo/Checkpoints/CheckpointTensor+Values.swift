extension CheckpointTensor {
  /// The elements as floats, row-major: the last index runs fastest whatever the strides are.
  ///
  /// F16 and BF16 convert exactly; F64 and the integers round to the nearest float (F64 beyond its range becomes
  /// infinite); BOOL becomes 0 or 1.
  public func floats() -> [Float] {
    switch elementType {
    case .bool: gathered(UInt8.self) { $0 == 0 ? 0 : 1 }
    case .int8: gathered(UInt8.self) { Float(Int8(bitPattern: $0)) }
    case .uint8: gathered(UInt8.self) { Float($0) }
    case .int16: gathered(UInt16.self) { Float(Int16(bitPattern: $0)) }
    case .uint16: gathered(UInt16.self) { Float($0) }
    case .int32: gathered(UInt32.self) { Float(Int32(bitPattern: $0)) }
    case .uint32: gathered(UInt32.self) { Float($0) }
    case .int64: gathered(UInt64.self) { Float(Int64(bitPattern: $0)) }
    case .uint64: gathered(UInt64.self) { Float($0) }
    case .float16: gathered(UInt16.self) { Float(Float16(bitPattern: $0)) }
    // BF16 is the upper half of a float.
    case .bfloat16: gathered(UInt16.self) { Float(bitPattern: UInt32($0) << 16) }
    case .float32: gathered(UInt32.self) { Float(bitPattern: $0) }
    case .float64: gathered(UInt64.self) { Float(Double(bitPattern: $0)) }
    }
  }

  /// Appends the elements' bytes, row-major, in the tensor's own type.
  func appendBytes(to bytes: inout [UInt8]) {
    let width = elementType.byteCount
    let start = storage.startIndex
    forEachRun { first, count, stride in
      if stride == 1 {
        bytes.append(contentsOf: storage[start + first * width..<start + (first + count) * width])
      } else {
        for index in 0..<count {
          let position = start + (first + index * stride) * width
          bytes.append(contentsOf: storage[position..<position + width])
        }
      }
    }
  }

  private func gathered<Bits: FixedWidthInteger & BitwiseCopyable>(
    _ type: Bits.Type, _ convert: (Bits) -> Float
  ) -> [Float] {
    let width = MemoryLayout<Bits>.size
    let bytes = storage.span.bytes
    var values: [Float] = []
    values.reserveCapacity(count)
    forEachRun { first, count, stride in
      for index in 0..<count {
        let bits = bytes.unsafeLoadUnaligned(fromByteOffset: (first + index * stride) * width, as: Bits.self)
        values.append(convert(Bits(littleEndian: bits)))
      }
    }
    return values
  }

  /// Calls `body` with the first storage index, the length and the stride of every run of the last dimensions, in
  /// row-major order; dimensions that continue each other in storage are one run.
  private func forEachRun(_ body: (_ first: Int, _ count: Int, _ stride: Int) -> Void) {
    guard count > 0 else { return }
    // Dimensions of extent 1 never move, whatever their stride says.
    var outer = zip(shape, strides).filter { $0.0 > 1 }.map { (extent: $0.0, stride: $0.1) }
    var run = outer.popLast() ?? (extent: 1, stride: 1)
    while let next = outer.last, next.stride == run.extent * run.stride {
      run.extent *= next.extent
      outer.removeLast()
    }
    var indexes = [Int](repeating: 0, count: outer.count)
    var first = offset
    while true {
      body(first, run.extent, run.stride)
      // Counts up: the last outer index that is not at its end moves on, those after it start again.
      var dimension = outer.count - 1
      while dimension >= 0, indexes[dimension] == outer[dimension].extent - 1 {
        first -= indexes[dimension] * outer[dimension].stride
        indexes[dimension] = 0
        dimension -= 1
      }
      guard dimension >= 0 else { return }
      indexes[dimension] += 1
      first += outer[dimension].stride
    }
  }
}

extension [UInt8] {
  /// Appends a number's bytes, the least significant first.
  mutating func appendLittleEndian(_ value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}
