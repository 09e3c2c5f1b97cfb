fn main() {
    println!("nothing to report");
}
