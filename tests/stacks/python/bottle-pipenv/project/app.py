import bottle

app = bottle.Bottle()


@app.route("/")
def index():
    return "a message in a bottle"
