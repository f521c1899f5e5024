internal import NumericKernels

/// y = x·Wᵀ + b of every row, for layers that contain affine maps; W is [outputs, inputs].
func affine(
  _ x: FloatView, weight: ParameterSlot, bias: ParameterSlot, into y: FloatView, in pass: Pass
) {
  let rows = MatrixView(y, rows: y.count / bias.count, columns: bias.count)
  let inputs = weight.count / bias.count
  broadcast(row: pass.parameter(bias), into: rows)
  multiply(
    MatrixView(x, rows: rows.rows, columns: inputs),
    MatrixView(pass.parameter(weight), rows: bias.count, columns: inputs).transposed, into: rows,
    accumulating: true)
}

/// dW = dyᵀ·x, db = Σ dy, dx = dy·W.
func affineBackward(
  _ x: FloatView, outputGradient: FloatView, weight: ParameterSlot, bias: ParameterSlot,
  into inputGradient: FloatView?, in pass: Pass
) {
  let dy = MatrixView(outputGradient, rows: outputGradient.count / bias.count, columns: bias.count)
  let inputs = weight.count / bias.count
  multiply(
    dy.transposed, MatrixView(x, rows: dy.rows, columns: inputs),
    into: MatrixView(pass.gradient(weight), rows: bias.count, columns: inputs))
  sumRows(dy, into: pass.gradient(bias))
  guard let inputGradient else { return }
  multiply(
    dy, MatrixView(pass.parameter(weight), rows: bias.count, columns: inputs),
    into: MatrixView(inputGradient, rows: dy.rows, columns: inputs))
}
