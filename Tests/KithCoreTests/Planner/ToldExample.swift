import KithTesting
import Testing

/// What is different on a stage, and when a nudge is told there.
struct ToldExample: CustomTestStringConvertible {
    let testDescription: String
    let told: [String]
    let change: @Sendable (inout PlannerStage) -> Void

    init(_ name: String, _ told: [String], _ change: @escaping @Sendable (inout PlannerStage) -> Void) {
        (testDescription, self.told, self.change) = (name, told, change)
    }
}
