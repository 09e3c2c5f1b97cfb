import Flags
import Foundation
import FoundationNetworking
import Signals

while true {
    print(Flag.all.map(\.name).joined(separator: ", "))
    Thread.sleep(forTimeInterval: 1)
}
