import Config

config :tide, greeting: "high water"
import_config "#{config_env()}.exs"
