fn main() {
    println!("{}", menu::today());
}
