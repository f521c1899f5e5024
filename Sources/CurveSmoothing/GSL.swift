internal import CGSL

/// The one place where GSL's conventions meet Swift's.
enum GSL {
  /// GSL's default handler prints and aborts; it is process-wide, so it is switched off once, before any call.
  private static let ready: Void = { _ = gsl_set_error_handler_off() }()

  /// Runs a GSL function and turns its status into an error.
  static func check(_ function: String, _ body: () -> Int32) throws(SmoothingError) {
    _ = ready
    let status = body()
    guard status == 0 else { throw .gsl(function: function, message: String(cString: gsl_strerror(status))) }
  }

  /// Allocates a workspace; GSL calls the handler and returns nil when it cannot.
  static func allocate<Workspace>(
    _ function: String, _ make: () -> UnsafeMutablePointer<Workspace>?
  ) throws(SmoothingError) -> UnsafeMutablePointer<Workspace> {
    _ = ready
    guard let workspace = make() else { throw .gsl(function: function, message: "out of memory") }
    return workspace
  }

  /// Runs `body` with GSL vectors that look into `input` and `output`.
  static func withVectors<E: Error>(
    _ input: [Double], _ output: inout [Double],
    _ body: (UnsafePointer<gsl_vector>, UnsafeMutablePointer<gsl_vector>) throws(E) -> Void
  ) throws(E) {
    precondition(input.count == output.count && !input.isEmpty, "GSL vectors differ in length or are empty")
    // GSL's views hold pointers, so both arrays stay pinned while they exist.
    try input.withUnsafeBufferPointer { (source) throws(E) in
      try output.withUnsafeMutableBufferPointer { (target) throws(E) in
        guard let sourceBase = source.baseAddress, let targetBase = target.baseAddress else { return }
        var inputView = gsl_vector_const_view_array(sourceBase, source.count)
        var outputView = gsl_vector_view_array(targetBase, target.count)
        try withUnsafePointer(to: &inputView.vector) { (input) throws(E) in
          try withUnsafeMutablePointer(to: &outputView.vector) { (output) throws(E) in try body(input, output)
          }
        }
      }
    }
  }
}
