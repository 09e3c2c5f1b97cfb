defmodule Ledger do
  @moduledoc "Adds up once a second, until it is told to stop."
  use Application
  use GenServer
  require Logger

  @impl Application
  def start(_type, _args), do: Supervisor.start_link([__MODULE__], strategy: :one_for_one)

  def start_link(_options), do: GenServer.start_link(__MODULE__, 0, name: __MODULE__)

  @impl GenServer
  def init(sum) do
    Process.flag(:trap_exit, true)
    {:ok, sum, {:continue, :next}}
  end

  @impl GenServer
  def handle_continue(:next, sum), do: handle_info(:next, sum)

  @impl GenServer
  def handle_info(:next, sum) do
    Logger.info("sum #{sum}")
    Process.send_after(self(), :next, 1_000)
    {:noreply, sum + 1}
  end

  @impl GenServer
  def terminate(_reason, sum), do: Logger.info("ended at #{sum}")
end
