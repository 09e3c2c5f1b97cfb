defmodule Fleet do
  def berths, do: Berths.all()
end
