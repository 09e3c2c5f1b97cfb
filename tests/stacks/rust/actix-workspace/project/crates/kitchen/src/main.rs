use actix_web::{App, HttpServer, Responder, get};

#[get("/menu")]
async fn today() -> impl Responder {
    menu::today()
}

#[get("/health")]
async fn health() -> impl Responder {
    "well"
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    HttpServer::new(|| App::new().service(today).service(health))
        .bind(("0.0.0.0", 8090))?
        .run()
        .await
}
