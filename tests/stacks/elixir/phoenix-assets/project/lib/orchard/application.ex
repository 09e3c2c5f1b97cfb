defmodule Orchard.Application do
  @moduledoc false
  use Application

  @impl true
  def start(_type, _args) do
    Supervisor.start_link([Orchard.Repo, OrchardWeb.Endpoint], strategy: :one_for_one)
  end
end
