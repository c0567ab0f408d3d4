// swift-tools-version: 6.2
import PackageDescription

/// One array of settings for every target, so that no room is kept less strictly than another.
///
/// `KITH_STRICT` makes warnings errors; it is set by `make test` and by the gate, never by a user's build, which a newer
/// compiler's new warning must not break.
let strict: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .strictMemorySafety(),
    ] + (Context.environment["KITH_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)])

let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "kith",
    products: [.executable(name: "kith", targets: ["kith"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // The base: knows nothing of kith.
        .target(name: "CivilTime", swiftSettings: strict),
        .target(name: "VObject", dependencies: ["CivilTime"], swiftSettings: strict),
        .systemLibrary(name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),
        .target(name: "Systemd", dependencies: ["CSystemd"], swiftSettings: strict),

        // The core: pure and synchronous.
        .target(name: "KithCore", dependencies: ["CivilTime"], swiftSettings: strict),

        // The engine and its ports.
        .target(name: "KithEngine", dependencies: ["CivilTime", "KithCore", logging], swiftSettings: strict),

        // The adapters, which never import each other.
        .target(
            name: "KithSources",
            dependencies: ["CivilTime", "VObject", "KithCore", "KithEngine", yams, systemPackage],
            swiftSettings: strict
        ),
        .target(
            name: "KithLedger",
            dependencies: ["CivilTime", "KithCore", "KithEngine", grdb],
            swiftSettings: strict
        ),
        .target(
            name: "KithDelivery",
            dependencies: ["CivilTime", "VObject", "KithCore", "KithEngine", "Systemd", subprocess, systemPackage],
            swiftSettings: strict
        ),

        // The program.
        .executableTarget(
            name: "kith",
            dependencies: [
                "CivilTime", "VObject", "KithCore", "KithEngine", "KithSources", "KithLedger", "KithDelivery",
                "Systemd",
                argumentParser, logging, serviceLifecycle, unixSignals,
            ],
            swiftSettings: strict
        ),

        // Tests mirror targets.
        .target(
            name: "KithTesting",
            dependencies: ["CivilTime", "VObject", "KithCore", "KithEngine", "Systemd", logging],
            path: "Tests/KithTesting",
            swiftSettings: strict
        ),
        // What must hold for any bytes; `make fuzz` builds it once more, with sanitizers.
        .target(
            name: "KithFuzz",
            dependencies: ["CivilTime", "VObject"],
            path: "Tests/Fuzz/Targets",
            swiftSettings: strict
        ),
        .testTarget(name: "CivilTimeTests", dependencies: ["CivilTime", "KithTesting"], swiftSettings: strict),
        .testTarget(
            name: "VObjectTests",
            dependencies: ["CivilTime", "VObject", "KithFuzz", "KithTesting"],
            exclude: ["Fixtures"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "KithCoreTests",
            dependencies: ["CivilTime", "KithCore", "KithTesting"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "KithEngineTests",
            dependencies: ["CivilTime", "KithCore", "KithEngine", "KithLedger", "KithTesting"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "KithSourcesTests",
            dependencies: [
                "CivilTime", "VObject", "KithCore", "KithEngine", "KithSources", "KithTesting", systemPackage,
            ],
            exclude: ["Fixtures"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "KithLedgerTests",
            dependencies: ["CivilTime", "KithCore", "KithEngine", "KithLedger", "KithTesting", grdb],
            exclude: ["Fixtures"],
            swiftSettings: strict
        ),
        .testTarget(name: "SystemdTests", dependencies: ["Systemd", "KithTesting"], swiftSettings: strict),
        .testTarget(
            name: "KithDeliveryTests",
            dependencies: ["CivilTime", "KithCore", "KithEngine", "KithDelivery", "Systemd", "KithTesting"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "KithTests",
            dependencies: ["kith", "CivilTime", "KithCore", "KithEngine", "KithSources", "KithLedger", "KithTesting"],
            swiftSettings: strict
        ),
        .testTarget(name: "TidyTests", swiftSettings: strict),

        // What `make simulate` plays: years of the engine in a world that is drawn from seeds.
        .executableTarget(
            name: "kith-simulate",
            dependencies: ["CivilTime", "KithCore", "KithEngine", "KithLedger", "KithSources", "KithTesting", grdb],
            path: "Tests/Simulation",
            exclude: ["simulate.py"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "KithSimulationTests",
            dependencies: ["kith-simulate", "CivilTime", "KithCore", "KithEngine", "KithLedger", "KithTesting"],
            swiftSettings: strict
        ),

        // What `make bench` measures: the libraries, called as the program calls them.
        .executableTarget(
            name: "kith-bench",
            dependencies: [
                "CivilTime", "VObject", "KithCore", "KithEngine", "KithSources", "KithLedger", logging,
            ],
            path: "Tests/Benchmarks/Kith",
            swiftSettings: strict
        ),
    ]
)
