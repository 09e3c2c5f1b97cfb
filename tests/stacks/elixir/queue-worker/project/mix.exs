defmodule Ledger.MixProject do
  use Mix.Project

  def project do
    [
      app: :ledger,
      version: "1.2.0",
      elixir: ">= 1.18.0",
      releases: [
        nightly: [applications: [ledger: :permanent]]
      ]
    ]
  end

  def application, do: [mod: {Ledger, []}, extra_applications: [:logger]]
end
