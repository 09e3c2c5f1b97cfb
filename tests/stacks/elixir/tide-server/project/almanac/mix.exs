defmodule Almanac.MixProject do
  use Mix.Project

  def project, do: [app: :almanac, version: "1.0.0", elixir: "~> 1.18"]
end
