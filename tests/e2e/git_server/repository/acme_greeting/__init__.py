GREETING = "hello from acme"
