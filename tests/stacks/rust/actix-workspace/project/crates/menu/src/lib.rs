//! What is served today.
pub fn today() -> &'static str {
    include_str!("../dishes.txt")
}
