import dramatiq


@dramatiq.actor
def send(order):
    print(order)
