import FoundationEssentials
import Glibc
import Measuring

/// The loading of one file, again and again, by the clock and in processor time, which a busy machine disturbs less.
final class TimedLoad {
  private let body: () throws -> (elapsed: Duration, processor: Duration)
  private var processorTimes: [Duration] = []
  /// Whether the system had forgotten the file before every run that was to find it on the disk only.
  private(set) var wasCold = true

  /// Ours, in this process.
  init(_ body: @escaping () throws -> Void) {
    self.body = {
      let start = Self.processorTime
      let elapsed = try ContinuousClock().measure(body)
      return (elapsed, Self.processorTime - start)
    }
  }

  /// The worker's, which answers a path with both times in seconds.
  init(of worker: LineWorker, _ path: String) {
    body = {
      try worker.send(path)
      let seconds = try worker.receive().split(separator: " ").map { Double($0) ?? .nan }
      guard seconds.count == 2 else { throw ProgramError.silent(path: path) }
      return (.seconds(seconds[0]), .seconds(seconds[1]))
    }
  }

  private init(cold other: TimedLoad) { body = other.body }

  /// The same with a file that the system is made to forget before each run.
  func fromDisk(_ path: String) -> TimedLoad {
    let file = CachedFile(path)
    let load = TimedLoad(cold: self)
    load.prepare = { try file.evict() }
    return load
  }

  private var prepare: () throws -> Bool = { true }

  /// Loads once, and says how long it took.
  func run() throws -> Duration {
    wasCold = try prepare() && wasCold
    let (elapsed, processor) = try body()
    processorTimes.append(processor)
    return elapsed
  }

  /// The median of the processor times, the first run left out.
  var processorText: String {
    let times = Array(processorTimes.dropFirst())
    guard !times.isEmpty else { return "" }
    let median = Measurement(name: "processor time", durations: times).median
    return "\(decimal(median.milliseconds, places: 0)) ms of processor time"
  }

  /// Of all threads of this process.
  private static var processorTime: Duration {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
