import Config

config :barometer, port: String.to_integer(System.get_env("PORT") || "4300")
