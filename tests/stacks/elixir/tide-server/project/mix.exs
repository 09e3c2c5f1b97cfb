defmodule Tide.MixProject do
  use Mix.Project

  def project do
    [
      app: :tide,
      version: "0.4.0",
      elixir: "~> 1.18",
      description: "Says when the next tide is",
      start_permanent: Mix.env() == :prod,
      deps: [{:almanac, path: "almanac"}]
    ]
  end

  def application do
    [mod: {Tide.Application, []}, extra_applications: [:logger, :crypto]]
  end
end
