defmodule Barometer.MixProject do
  use Mix.Project

  def project do
    [
      app: :barometer,
      version: "0.2.0",
      elixir: "~> 1.18",
      start_permanent: Mix.env() == :prod,
      aliases: ["assets.deploy": [&styles/1]],
      deps: []
    ]
  end

  def application do
    [mod: {Barometer.Application, []}, extra_applications: [:logger]]
  end

  # The style sheet of a package and the page's own, in one file.
  defp styles(_arguments) do
    sheets = ["assets/node_modules/normalize.css/normalize.css", "assets/app.css"]
    File.mkdir_p!("priv/static")
    File.write!("priv/static/barometer.css", Enum.map_join(sheets, "\n", &File.read!/1))
  end
end
