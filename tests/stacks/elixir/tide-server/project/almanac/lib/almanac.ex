defmodule Almanac do
  @moduledoc "High water by harbour, in hours after midnight."

  def high_water("berta"), do: {:ok, 16.6}
  def high_water(_harbour), do: :error
end
