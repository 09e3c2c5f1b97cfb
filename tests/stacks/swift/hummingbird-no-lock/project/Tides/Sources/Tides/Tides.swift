public func high() -> String { "high at noon" }
