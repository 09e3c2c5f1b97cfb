//! Sorts until it is told to stop.
use std::sync::mpsc::channel;

fn main() {
    let (told, stop) = channel();
    ctrlc::set_handler(move || told.send(()).unwrap_or_default()).expect("a handler for signals");
    println!("sorting, with {}", openssl::version::version());
    stop.recv().unwrap_or_default();
}
