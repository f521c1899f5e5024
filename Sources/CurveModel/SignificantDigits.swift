import Glibc

extension Double {
  /// The number with `digits` significant digits, as C's `%g` writes it: 0.0123, 1.2e-05.
  public func text(digits: Int) -> String {
    var buffer = [CChar](repeating: 0, count: 40)
    let length = withVaList([Int32(digits), self]) { vsnprintf(&buffer, buffer.count, "%.*g", $0) }
    return String(decoding: buffer.prefix(Int(max(length, 0))).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
