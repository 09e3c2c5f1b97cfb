defmodule Harbour.MixProject do
  use Mix.Project

  def project do
    [
      apps_path: "apps",
      version: "2.1.0",
      releases: [harbour: [applications: [fleet_web: :permanent]]],
      deps: []
    ]
  end
end
