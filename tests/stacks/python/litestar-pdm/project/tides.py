from litestar import Litestar, get


@get("/healthz")
async def well() -> str:
    return "well"


@get("/")
async def tide() -> dict[str, str]:
    return {"Cuxhaven": "high water"}


app = Litestar([well, tide])
