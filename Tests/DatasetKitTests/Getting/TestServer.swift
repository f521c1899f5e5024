import Foundation

/// A web server on this machine that serves a folder, with ranges, and notes what was asked for.
///
/// Files below `norange/` are always sent whole, of those below `cut/` only the first half comes.
final class TestServer {
  let address: String
  private let process = Process()
  private let log: URL
  static let isPossible = ["/usr/bin/curl", "/usr/bin/python3"]
    .allSatisfy(FileManager.default.isExecutableFile)
  static let lack = "curl or python3 is not installed"

  init(serving folder: URL) throws {
    log = FileManager.default.temporaryDirectory.appendingPathComponent("suggest-log-\(UUID().uuidString)")
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = ["-I", "-c", Self.script, folder.path, log.path]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    address = "http://127.0.0.1:\(line.prefix { $0.isNumber })"
  }

  deinit {
    // Threads of the test may block other signals, and their children with them.
    kill(process.processIdentifier, SIGKILL)
    try? FileManager.default.removeItem(at: log)
  }

  /// The paths and ranges that were asked for.
  var requests: [String] {
    ((try? String(contentsOf: log, encoding: .utf8)) ?? "").split(separator: "\n").map(String.init)
  }

  private static let script = """
    import http.server, os, re, sys
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            wanted = self.headers.get("Range")
            with open(sys.argv[2], "a") as log: print(self.path, wanted or "whole", file=log)
            path = os.path.join(sys.argv[1], self.path.lstrip("/"))
            if not os.path.isfile(path): return self.send_error(404, "not here")
            content, start = open(path, "rb").read(), 0
            if wanted and "/norange/" not in self.path:
                start = int(re.match(r"bytes=(\\d+)-", wanted).group(1))
                if start >= len(content): return self.send_error(416)
                self.send_response(206)
                self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
            else: self.send_response(200)
            rest = content[start:]
            self.send_header("Content-Length", str(len(rest)))
            self.end_headers()
            self.wfile.write(rest[:len(rest) // 2] if "/cut/" in self.path else rest)
        def log_message(self, *words): pass
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    server.serve_forever()
    """
}
