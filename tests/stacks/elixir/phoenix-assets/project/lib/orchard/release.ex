defmodule Orchard.Release do
  @moduledoc false

  def migrate do
    {:ok, _, _} = Ecto.Migrator.with_repo(Orchard.Repo, &Ecto.Migrator.run(&1, :up, all: true))
  end
end
