from huey import MemoryHuey, crontab

queue = MemoryHuey("mill")


@queue.periodic_task(crontab(minute="*"))
def grind() -> None:
    print("ground a sack", flush=True)
