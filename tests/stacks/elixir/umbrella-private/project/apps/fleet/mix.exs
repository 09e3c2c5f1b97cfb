defmodule Fleet.MixProject do
  use Mix.Project

  def project do
    [
      app: :fleet,
      version: "2.1.0",
      build_path: "../../_build",
      config_path: "../../config/config.exs",
      deps_path: "../../deps",
      lockfile: "../../mix.lock",
      elixir: "~> 1.20",
      deps: [{:berths, "~> 0.9", organization: "northport"}]
    ]
  end
end
