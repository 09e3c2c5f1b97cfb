defmodule Barometer.Application do
  @moduledoc false
  use Application

  @impl true
  def start(_type, _args) do
    Supervisor.start_link([Barometer.Server], strategy: :one_for_one, name: Barometer.Supervisor)
  end
end
