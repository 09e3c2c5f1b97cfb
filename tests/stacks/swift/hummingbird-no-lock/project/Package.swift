// swift-tools-version:6.0
import PackageDescription

let package = Package(
    name: "harbour",
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.15.0"),
        .package(path: "Tides"),
    ],
    targets: [
        .executableTarget(
            name: "Harbour",
            dependencies: [.product(name: "Hummingbird", package: "hummingbird"), "Tides"]
        ),
    ]
)
