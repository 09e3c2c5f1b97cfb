import Vapor

@main
enum Entrypoint {
    static func main() async throws {
        let app = try await Application.make(.detect())
        app.get("healthz") { _ in "ok" }
        app.get { _ in "two flashes" }
        try await app.execute()
        try await app.asyncShutdown()
    }
}
