internal import FoundationEssentials
internal import Glibc

/// The most memory that this process has had, in bytes.
enum ProcessMemory {
  /// Forgets the peak so far, where the system lets it; else peaks count from the start of the process.
  static func forgetPeak() {
    let descriptor = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    _ = write(descriptor, "5", 1)
    close(descriptor)
  }

  /// The peak since ``forgetPeak()``; nil where the system does not tell.
  static var peak: Int? {
    guard let status = FileManager.default.contents(atPath: "/proc/self/status") else { return nil }
    let line = String(decoding: status, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
  }
}
