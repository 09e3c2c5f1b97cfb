defmodule Tide.Application do
  @moduledoc false
  use Application

  @impl true
  def start(_type, _args) do
    Supervisor.start_link([Tide.Server], strategy: :one_for_one, name: Tide.Supervisor)
  end
end
