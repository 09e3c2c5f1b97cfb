defmodule FleetWeb.MixProject do
  use Mix.Project

  def project do
    [
      app: :fleet_web,
      version: "2.1.0",
      build_path: "../../_build",
      config_path: "../../config/config.exs",
      deps_path: "../../deps",
      lockfile: "../../mix.lock",
      elixir: "~> 1.20",
      deps: [{:fleet, in_umbrella: true}, {:plug_cowboy, "~> 2.7"}]
    ]
  end

  def application, do: [mod: {FleetWeb, []}, extra_applications: [:logger]]
end
