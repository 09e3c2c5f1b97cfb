import Config

config :orchard, ecto_repos: [Orchard.Repo]
import_config "#{config_env()}.exs"
