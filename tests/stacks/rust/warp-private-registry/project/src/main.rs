use warp::Filter;

#[tokio::main]
async fn main() {
    let ready = warp::path("readyz").map(|| "ready");
    let total = warp::path("total").map(|| acme_money::format(4200));
    warp::serve(ready.or(total)).run(([0, 0, 0, 0], 3030)).await;
}
