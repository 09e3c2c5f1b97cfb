from acme_greeting import GREETING

print(GREETING)
