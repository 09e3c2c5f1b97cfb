defmodule Orchard.MixProject do
  use Mix.Project

  def project do
    [
      app: :orchard,
      version: "0.1.0",
      elixir: "~> 1.18",
      aliases: aliases(),
      deps: deps()
    ]
  end

  def application do
    [mod: {Orchard.Application, []}, extra_applications: [:logger, :runtime_tools]]
  end

  defp deps do
    [
      {:phoenix, "~> 1.8.1"},
      {:ecto_sql, "~> 3.13"},
      {:postgrex, ">= 0.0.0"},
      {:bcrypt_elixir, "~> 3.3"},
      {:esbuild, "~> 0.10", runtime: Mix.env() == :dev},
      {:tailwind, "~> 0.4", runtime: Mix.env() == :dev},
      # {:swoosh, "~> 1.19"},
      {:bandit, "~> 1.8"}
    ]
  end

  defp aliases do
    [
      "assets.setup": ["tailwind.install --if-missing", "esbuild.install --if-missing"],
      "assets.deploy": ["tailwind orchard --minify", "esbuild orchard --minify", "phx.digest"]
    ]
  end
end
