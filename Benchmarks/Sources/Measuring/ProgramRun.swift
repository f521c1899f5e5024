import FoundationEssentials
import Glibc

/// How long a program took, and how long it and its children kept processors busy.
public struct ProgramRun: Sendable, Equatable {
  /// From before its start until it had been waited for.
  public let elapsed: Duration
  /// The processor time, user and system, of the process itself.
  public let ownProcessorTime: Duration
  /// The processor time of the children that it waited for, and of theirs.
  public let childrenProcessorTime: Duration

  /// Keeps times that were measured.
  public init(elapsed: Duration, ownProcessorTime: Duration, childrenProcessorTime: Duration) {
    self.elapsed = elapsed
    self.ownProcessorTime = ownProcessorTime
    self.childrenProcessorTime = childrenProcessorTime
  }

  /// How many processors were busy with it on average.
  public var processors: Double { (ownProcessorTime + childrenProcessorTime) / elapsed }
}

extension Program {
  /// Runs the program as ``run()`` does, and also says who kept processors busy.
  ///
  /// The processor times have the resolution of the system's clock tick, commonly 10 ms.
  ///
  /// - Throws: ``ProgramError``.
  public func measuredRun() throws(ProgramError) -> ProgramRun {
    var times: ProcessorTimes?
    let elapsed = try run { process in
      // The process has ended but is still in the table of processes.
      times = FileManager.default.contents(atPath: "/proc/\(process)/stat").flatMap {
        ProcessorTimes(
          stat: String(decoding: $0, as: UTF8.self), ticksPerSecond: sysconf(Int32(_SC_CLK_TCK)))
      }
    }
    guard let times else { throw unknownTimes }
    return ProgramRun(
      elapsed: elapsed, ownProcessorTime: times.own, childrenProcessorTime: times.children)
  }
}

/// The processor times of a process as `/proc/PID/stat` states them (proc_pid_stat(5), fields 14 to 17).
struct ProcessorTimes: Equatable {
  /// Of the process itself.
  let own: Duration
  /// Of the children that it waited for.
  let children: Duration

  /// Reads the file's text; nil where it is something else.
  init?(stat: String, ticksPerSecond: Int) {
    // The second field is the program's name in parentheses, which may hold anything.
    guard let nameEnd = stat.lastIndex(of: ")") else { return nil }
    let fields = stat[stat.index(after: nameEnd)...].split(separator: " ")
    let ticks = fields.dropFirst(11).prefix(4).compactMap { Double($0) }
    guard ticks.count == 4 else { return nil }
    own = .seconds((ticks[0] + ticks[1]) / Double(ticksPerSecond))
    children = .seconds((ticks[2] + ticks[3]) / Double(ticksPerSecond))
  }
}
