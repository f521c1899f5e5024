import Glibc
import Synchronization

/// Keeps two processes from doing the same run at once.
///
/// A claim is a lock on one byte of `claims.lock`, at a place that the run's identity gives; the file stays empty. The
/// lock belongs to the open file and not to the process, so that two claims in one process exclude each other too, and
/// the system takes it back when the process ends in any way. Where the file system has no locks every claim is granted:
/// a run that is done twice gives the same record twice, which harms nothing.
public final class RunClaims: Sendable {
  private let path: String
  private let missingLocks = Mutex<String?>(nil)

  /// Prepares claims in the store at `path`, which must have been opened.
  public init(store path: String) { self.path = path + "/claims.lock" }

  /// Why claims exclude nobody, where the file system has no locks; nil while they do.
  public var limitation: String? { missingLocks.withLock { $0 } }

  /// Claims a run.
  ///
  /// - Returns: The claim, to be kept until the record is written; nil if somebody else has it.
  /// - Throws: ``StoreError/cannotWrite(path:reason:)`` if the file cannot be opened.
  public func claim(_ id: RunID) throws(StoreError) -> RunClaim? {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .cannotWrite(path: path, code: errno) }
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    // 62 bits, so that the end of the byte is still a valid offset.
    lock.l_start = off_t(id.high >> 2)
    lock.l_len = 1
    while fcntl(descriptor, Self.setLock, &lock) != 0 {
      switch errno {
      case EINTR: continue
      case EAGAIN, EACCES:
        close(descriptor)
        return nil
      default:
        let reason = String(cString: strerror(errno))
        missingLocks.withLock {
          $0 = "\(path) cannot be locked (\(reason)): two processes may do the same run"
        }
        return RunClaim(descriptor: descriptor)
      }
    }
    return RunClaim(descriptor: descriptor)
  }

  /// `F_OFD_SETLK`, which the C library shows only to GNU programs.
  private static let setLock: Int32 = 37
}

/// The right to do a run, until it is released or forgotten, or the process ends.
public final class RunClaim: Sendable {
  private let descriptor: Mutex<Int32?>

  init(descriptor: Int32) { self.descriptor = Mutex(descriptor) }

  deinit { release() }

  /// Lets others do the run; further calls do nothing.
  public func release() {
    descriptor.withLock { descriptor in
      if let open = descriptor { close(open) }
      descriptor = nil
    }
  }
}
