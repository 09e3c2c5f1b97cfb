use std::{convert::Infallible, net::SocketAddr};

use http_body_util::Full;
use hyper::{Request, Response, body::Bytes, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;

async fn answer(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let sqlite = rusqlite::version();
    Ok(Response::new(Full::from(format!("{} {sqlite}", request.uri().path()))))
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let address = SocketAddr::from(([0, 0, 0, 0], 7070));
    let listener = tokio::net::TcpListener::bind(address).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service_fn(answer)));
    }
}
