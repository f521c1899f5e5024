public import TrainingEngine

extension Trainer {
  /// The parameters and running statistics, named and laid out as PyTorch would: its `load_state_dict` takes them.
  ///
  /// The optimizer's state is no part of it.
  ///
  /// - Parameter metadata: texts that are written with the tensors.
  /// - Throws: ``CheckpointError/duplicateName(name:)`` where two layers of the network have the same name.
  public func checkpoint(metadata: [String: String] = [:]) throws(CheckpointError) -> Checkpoint {
    try Checkpoint(
      network.parameters.map { ($0.name, $0.layout.tensor(values(of: $0))) }
        + network.buffers.map { ($0.name, $0.layout.tensor(values(of: $0))) },
      metadata: metadata)
  }

  /// Overwrites the parameters and running statistics with a checkpoint's, and measures distances from there.
  ///
  /// Every tensor of the network must be in the checkpoint, in PyTorch's shape, and every tensor of the checkpoint in
  /// the network; PyTorch's counters `num_batches_tracked` are passed over. A prefix that all names of the checkpoint
  /// carry, such as the `module.` of PyTorch's `DataParallel`, is taken off where the names then fit. If anything is
  /// wrong, nothing is changed. The optimizer's state stays: load before the first step.
  ///
  /// - Parameters:
  ///   - checkpoint: the tensors.
  ///   - prefixes: beginnings of names that are passed over on both sides and keep their values, such as `fc.` for a
  ///     head with another number of classes.
  ///   - modules: modules of the checkpoint that are passed over, such as the classifier that the network has another
  ///     head in place of.
  /// - Throws: ``CheckpointError/misfit(network:_:)``, ``CheckpointError/nothingToLeaveOut(prefix:examples:)``, or
  ///   ``CheckpointError/damaged(detail:)`` where a value is not finite.
  public func load(
    _ checkpoint: Checkpoint, leavingOut prefixes: [String] = [], passingOver modules: [String] = []
  ) throws(CheckpointError) {
    let names = network.parameters.map(\.name) + network.buffers.map(\.name)
    for prefix in prefixes where !names.contains(where: { $0.hasPrefix(prefix) }) {
      throw .nothingToLeaveOut(prefix: prefix, examples: names.suffix(2))
    }
    func isWanted(_ name: String) -> Bool { !prefixes.contains { name.hasPrefix($0) } }

    let source = try checkpoint.unwrapped(for: Set(names))
    let parameters = network.parameters.filter { isWanted($0.name) }
    let buffers = network.buffers.filter { isWanted($0.name) }
    var match = CheckpointMatch(source)
    let newParameters = parameters.map { match.values(named: $0.name, layout: $0.layout) }
    let newBuffers = buffers.map { match.values(named: $0.name, layout: $0.layout) }
    match.misfit.unexpected = source.unexpectedNames(for: Set(names)).filter { name in
      isWanted(name) && !modules.contains { name.hasPrefix($0 + ".") }
    }
    guard match.misfit.isEmpty else { throw .misfit(network: network.name, match.misfit) }

    for (name, values) in zip(parameters.map(\.name) + buffers.map(\.name), newParameters + newBuffers)
    where !values.allSatisfy(\.isFinite) {
      throw .damaged(detail: "\(name) holds values that are no finite numbers")
    }

    for (parameter, values) in zip(parameters, newParameters) { set(parameter, to: values) }
    for (buffer, values) in zip(buffers, newBuffers) { set(buffer, to: values) }
    markStart()
  }
}

/// Takes a network's tensors out of a checkpoint and notes what does not fit.
private struct CheckpointMatch {
  let checkpoint: Checkpoint
  var misfit = CheckpointMisfit()

  init(_ checkpoint: Checkpoint) { self.checkpoint = checkpoint }

  /// The values in our order; none where the tensor is missing or misshapen.
  mutating func values(named name: String, layout: TensorLayout) -> [Float] {
    guard let tensor = checkpoint[name] else {
      misfit.missing.append(name)
      return []
    }
    guard tensor.shape == layout.shape else {
      misfit.misshapen.append(.init(name: name, found: tensor.shape, expected: layout.shape))
      return []
    }
    return layout.values(of: tensor)
  }
}

extension Checkpoint {
  /// Without the shortest prefix that all names carry and without which one of them is a network's; itself where
  /// there is none.
  fileprivate func unwrapped(for names: Set<String>) throws(CheckpointError) -> Checkpoint {
    guard let first = self.names.first else { return self }
    var prefix = ""
    while !self.names.contains(where: { names.contains(String($0.dropFirst(prefix.count))) }) {
      let rest = first.dropFirst(prefix.count)
      guard let dot = rest.firstIndex(of: ".") else { return self }
      prefix += rest[...dot]
      guard self.names.allSatisfy({ $0.hasPrefix(prefix) }) else { return self }
    }
    return try removingPrefix(prefix)
  }

  /// The names that are none of a network's, without the counters of its batch norms.
  fileprivate func unexpectedNames(for names: Set<String>) -> [String] {
    let counter = "num_batches_tracked"
    return self.names.filter { name in
      let isCounter =
        name.hasSuffix(counter) && names.contains(name.dropLast(counter.count) + "running_mean")
      return !isCounter && !names.contains(name)
    }
  }
}
