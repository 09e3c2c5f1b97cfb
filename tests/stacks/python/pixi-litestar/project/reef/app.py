from litestar import Litestar, get


@get("/health")
async def health() -> str:
    return "well"


app = Litestar([health])
