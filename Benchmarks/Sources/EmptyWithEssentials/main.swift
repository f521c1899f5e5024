// What the dynamic loader does for a Swift program built as `suggest` is; compare EmptyWithFoundation.
import FoundationEssentials
