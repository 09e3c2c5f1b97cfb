// swift-tools-version:5.10
import PackageDescription

let package = Package(
    name: "relay",
    dependencies: [
        .package(url: "ssh://git@git.harbour.example/signals.git", exact: "1.2.0"),
        .package(url: "https://git.harbour.example/flags.git", exact: "3.0.1"),
    ],
    targets: [
        .executableTarget(
            name: "relay",
            dependencies: [.product(name: "Signals", package: "signals"), .product(name: "Flags", package: "flags")]
        ),
    ]
)
