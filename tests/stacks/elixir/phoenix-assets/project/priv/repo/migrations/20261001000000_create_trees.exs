defmodule Orchard.Repo.Migrations.CreateTrees do
  use Ecto.Migration

  def change, do: create(table(:trees))
end
