// What the dynamic loader does for a Swift program as people usually build it; compare EmptyWithEssentials.
import Foundation
