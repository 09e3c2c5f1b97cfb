use clap::Parser;

/// Counts the words of its arguments.
#[derive(Parser)]
struct Options {
    words: Vec<String>,
}

fn main() {
    println!("{}", Options::parse().words.len());
}
