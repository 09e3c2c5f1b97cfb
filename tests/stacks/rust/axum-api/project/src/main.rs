//! A desk that knows where parcels are.
use axum::{Router, extract::Path, routing::get};
use tokio::signal::unix::{SignalKind, signal};

const BUILD: &str = match option_env!("BUILD_VERSION") {
    Some(version) => version,
    None => "unknown",
};

fn routes() -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/version", get(|| async { BUILD }))
        .route("/parcels/{id}", get(|Path(id): Path<u32>| async move { format!("parcel {id} is on its way\n") }))
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let port = std::env::var("PORT").unwrap_or_else(|_| "3000".into());
    let listener = tokio::net::TcpListener::bind(format!("0.0.0.0:{port}")).await?;
    let mut stopped = signal(SignalKind::terminate())?;
    axum::serve(listener, routes())
        .with_graceful_shutdown(async move { stopped.recv().await.unwrap_or_default() })
        .await
}
