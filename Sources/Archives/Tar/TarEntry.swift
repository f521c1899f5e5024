/// What a tar archive says about one of its entries.
public struct TarEntry: Sendable, Equatable {
  /// What an entry is.
  public enum Kind: Sendable, Equatable {
    /// A file with content.
    case file
    /// A folder.
    case folder
    /// Something that is never unpacked, in words.
    case other(String)
  }

  /// The path as the archive has it.
  public let name: String
  /// What it is.
  public let kind: Kind
  /// The bytes of its content; 0 unless it is a file.
  public let size: Int
}

extension TarEntry.Kind {
  /// The kind that a header's type stands for; nil where its content describes the next entry.
  init(type: UInt8, name: [UInt8]) {
    self =
      switch type {
      // Archives before POSIX mark a folder by the end of its name.
      case 0, UInt8(ascii: "0"), UInt8(ascii: "7"):
        name.last == UInt8(ascii: "/") ? .folder : .file
      case UInt8(ascii: "1"): .other("a hard link")
      case UInt8(ascii: "2"): .other("a symbolic link")
      case UInt8(ascii: "3"), UInt8(ascii: "4"): .other("a device")
      case UInt8(ascii: "5"): .folder
      case UInt8(ascii: "6"): .other("a pipe")
      default: .other("an entry of the unknown type \(type)")
      }
  }

  /// Whether bytes of content follow the header: links, devices and folders have none, whatever they claim.
  static func hasContent(type: UInt8) -> Bool {
    !(UInt8(ascii: "1")...UInt8(ascii: "6")).contains(type)
  }
}
