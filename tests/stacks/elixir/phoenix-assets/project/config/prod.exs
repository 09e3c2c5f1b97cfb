import Config

config :orchard, OrchardWeb.Endpoint, cache_static_manifest: "priv/static/cache_manifest.json"
