package import NumericKernels
package import RandomStreams

/// All memory of one training run's network, allocated once.
package final class NetworkMemory {
  /// What one pass works in.
  struct Workspace {
    let arena, transient, scratch: FloatBuffer
  }

  package let parameters, gradients, buffers: FloatBuffer
  let firstTrained: Int
  let frozen: Set<Int>
  /// The random streams of the layers that draw, in the order of the layers.
  package var streams: [RandomStream]
  /// The threads that share each layer's work; or, of a batch in shards, the shards.
  let team: WorkerTeam
  /// One for each shard that is in work at the same time.
  private let workspaces: [Workspace]
  /// How many shards a whole batch has.
  private let shards: Int
  /// The gradients of every shard; empty where there is one.
  private let shardGradients: FloatBuffer

  /// Allocates everything for batches of so many shards, each of the planner's batch size.
  package init(planner: NetworkPlanner, seed: UInt64, shards: Int = 1, team: WorkerTeam? = nil) {
    parameters = FloatBuffer(count: planner.parameterCount)
    gradients = FloatBuffer(count: planner.parameterCount)
    buffers = FloatBuffer(count: planner.bufferCount)
    firstTrained = planner.firstTrained
    frozen = planner.frozen
    streams = planner.streamPurposes.map { RandomStream(seed: seed, purpose: $0) }
    self.team = team ?? WorkerTeam(threads: planner.execution.threads)
    workspaces = (0..<(shards == 1 ? 1 : min(shards, self.team.threads))).map { _ in
      Workspace(
        arena: FloatBuffer(count: planner.arenaCount), transient: FloatBuffer(count: planner.transientCount),
        scratch: FloatBuffer(count: planner.scratchCount))
    }
    self.shards = shards
    shardGradients = FloatBuffer(count: shards == 1 ? 0 : shards * planner.parameterCount)
  }

  /// Whether batches go through in shards.
  var isSharded: Bool { shards > 1 }

  /// A pass over a whole batch, whose layers share their work among the team; with other parameters where given.
  package func pass(samples: Int, isTraining: Bool, parameters: FloatBuffer? = nil) -> Pass {
    Pass(
      memory: self, samples: samples, isTraining: isTraining, workspace: workspaces[0],
      parameters: (parameters ?? self.parameters).view, gradients: gradients.view, team: team)
  }

  /// A pass over one of several shards, on one thread.
  func pass(samples: Int, isTraining: Bool, parameters: FloatBuffer, shard: Int, worker: Int) -> Pass {
    Pass(
      memory: self, samples: samples, isTraining: isTraining, workspace: workspaces[worker],
      parameters: parameters.view,
      gradients: shardGradients.view.slice(from: shard * gradients.count, count: gradients.count),
      team: .alone)
  }

  /// Sets the gradients to the sum of the first `count` shards' in order.
  func addUpGradients(ofShards count: Int) {
    addRows(shardGradients.view, count: count, into: gradients.view, team: team)
  }
}
