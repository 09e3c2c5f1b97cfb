async def ring(ctx):
    print("ring")


class WorkerSettings:
    functions = [ring]
