/// The instructions of Python's pickle machine; raw values as in CPython 3.11's `Lib/pickletools.py`.
///
/// The second group names what is refused, so that an error can say what a file asked for.
enum PickleOpcode: UInt8 {
  case mark = 0x28
  case stop = 0x2e
  case pop = 0x30
  case popMark = 0x31
  case binaryFloat = 0x47
  case binaryInteger = 0x4a
  case binaryInteger1 = 0x4b
  case binaryInteger2 = 0x4d
  case none = 0x4e
  case binaryPersistentIdentifier = 0x51
  case reduce = 0x52
  case binaryString = 0x54
  case shortBinaryString = 0x55
  case binaryText = 0x58
  case emptyList = 0x5d
  case append = 0x61
  case build = 0x62
  case global = 0x63
  case appends = 0x65
  case binaryGet = 0x68
  case longBinaryGet = 0x6a
  case list = 0x6c
  case binaryPut = 0x71
  case longBinaryPut = 0x72
  case setItem = 0x73
  case tuple = 0x74
  case setItems = 0x75
  case emptyDictionary = 0x7d
  case emptyTuple = 0x29
  case dictionary = 0x64
  case `protocol` = 0x80
  case tuple1 = 0x85
  case tuple2 = 0x86
  case tuple3 = 0x87
  case newTrue = 0x88
  case newFalse = 0x89
  case long1 = 0x8a
  case long4 = 0x8b
  case shortBinaryText = 0x8c
  case binaryText8 = 0x8d
  case stackGlobal = 0x93
  case memoize = 0x94
  case frame = 0x95

  case instance = 0x69
  case object = 0x6f
  case persistentIdentifier = 0x50
  case newObject = 0x81
  case extension1 = 0x82
  case extension2 = 0x83
  case extension4 = 0x84
  case newObjectWithKeywords = 0x92
}
