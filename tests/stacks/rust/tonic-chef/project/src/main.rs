use tonic::{Request, Response, Status, transport::Server};

mod api {
    tonic::include_proto!("tides");
}

struct Almanac;

#[tonic::async_trait]
impl api::tides_server::Tides for Almanac {
    async fn next(&self, place: Request<api::Place>) -> Result<Response<api::Tide>, Status> {
        let at = format!("06:12 at {}", place.into_inner().name);
        Ok(Response::new(api::Tide { at }))
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    Server::builder()
        .add_service(api::tides_server::TidesServer::new(Almanac))
        .serve("[::]:50051".parse()?)
        .await?;
    Ok(())
}
