import time

while True:
    print("the wind blows", flush=True)
    time.sleep(1)
