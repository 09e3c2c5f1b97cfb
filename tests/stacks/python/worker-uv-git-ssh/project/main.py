import signal, sys, time
from greet import greeting
signal.signal(signal.SIGTERM, lambda *_: sys.exit())
print(greeting("ada"), flush=True)
time.sleep(600)
