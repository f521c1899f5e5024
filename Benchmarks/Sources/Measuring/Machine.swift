import FoundationEssentials
import Glibc

/// What the numbers were measured on.
public enum Machine {
  /// One fact a line: processor, cores, memory, OpenBLAS with its kernels and threads, and how busy the machine is now.
  public static var facts: [String] {
    [
      "processor: \(field("model name", of: "/proc/cpuinfo") ?? "unknown")",
      "cores: \(sysconf(Int32(_SC_NPROCESSORS_ONLN)))",
      "memory: \(field("MemTotal", of: "/proc/meminfo") ?? "unknown")",
      "OpenBLAS: \(openBLAS)",
      "load average before: \(contents(of: "/proc/loadavg") ?? "unknown")",
    ]
  }

  /// The library's own account of its build, the processor type it chose its kernels for, and its threads.
  private static var openBLAS: String {
    guard let library = dlopen("libopenblas.so.0", RTLD_NOW) else { return "none" }
    defer { dlclose(library) }
    typealias Text = @convention(c) () -> UnsafePointer<CChar>?
    typealias Count = @convention(c) () -> Int32
    func call(_ name: String) -> String {
      guard let function = dlsym(library, name), let text = unsafeBitCast(function, to: Text.self)() else {
        return "unknown"
      }
      return String(cString: text)
    }
    let threads = dlsym(library, "openblas_get_num_threads").map { unsafeBitCast($0, to: Count.self)() }
    let count = threads.map { String($0) } ?? "unknown"
    return
      "\(call("openblas_get_config")), core \(call("openblas_get_corename")), threads \(count)"
  }

  /// The value of the first line of a "name : value" file that has this name.
  private static func field(_ name: String, of path: String) -> String? {
    contents(of: path)?.split(separator: "\n").first { $0.hasPrefix(name) }?
      .split(separator: ":", maxSplits: 1).last.map { trimmed(String($0)) }
  }

  private static func contents(of path: String) -> String? {
    FileManager.default.contents(atPath: path).map { trimmed(String(decoding: $0, as: UTF8.self)) }
  }

  private static func trimmed(_ text: String) -> String {
    String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
