defmodule FleetWeb do
  use Application

  def start(_type, _args) do
    Supervisor.start_link([{Plug.Cowboy, scheme: :http, plug: FleetWeb.Router, options: [port: 4040]}], strategy: :one_for_one)
  end
end
