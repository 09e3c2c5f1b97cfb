import Foundation
import Hummingbird
import Tides

@main
struct Harbour {
    static func main() async throws {
        let router = Router()
        router.get("/livez") { _, _ in "ok" }
        router.get("/") { _, _ in high() }
        let port = Int(ProcessInfo.processInfo.environment["PORT"] ?? "8490")!
        let app = Application(router: router, configuration: .init(address: .hostname("0.0.0.0", port: port)))
        try await app.runService()
    }
}
