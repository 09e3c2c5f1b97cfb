from sanic import Sanic, text

app = Sanic("counter")


@app.get("/ping")
async def ping(request):
    return text("pong")
