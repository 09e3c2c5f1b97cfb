#[macro_use]
extern crate rocket;

use rocket::fs::FileServer;

#[get("/ping")]
fn ping() -> &'static str {
    "pong"
}

#[launch]
fn start() -> _ {
    rocket::build()
        .mount("/", routes![ping])
        .mount("/cards", FileServer::from("static"))
}
