defmodule Tide.Server do
  @moduledoc "One process that accepts, one for each connection."
  use Task, restart: :permanent

  def start_link(_options), do: Task.start_link(__MODULE__, :accept, [])

  def accept do
    port = Application.fetch_env!(:tide, :port)
    {:ok, socket} = :gen_tcp.listen(port, [:binary, packet: :http_bin, active: false, reuseaddr: true])
    loop(socket)
  end

  defp loop(socket) do
    {:ok, client} = :gen_tcp.accept(socket)
    {:ok, pid} = Task.start(fn -> serve(client) end)
    :gen_tcp.controlling_process(client, pid)
    loop(socket)
  end

  defp serve(client) do
    {:ok, {:http_request, :GET, {:abs_path, path}, _version}} = :gen_tcp.recv(client, 0)
    {status, type, body} = answer(path)

    head = "HTTP/1.1 #{status}\r\ncontent-type: #{type}\r\ncontent-length: #{byte_size(body)}\r\nconnection: close\r\n\r\n"
    :gen_tcp.send(client, head <> body)
    :gen_tcp.close(client)
  end

  defp answer("/healthz"), do: {"200 OK", "text/plain", "ok"}
  defp answer("/tides/" <> harbour), do: tide(Almanac.high_water(harbour))

  defp answer("/tide.css") do
    {"200 OK", "text/css", File.read!(Application.app_dir(:tide, "priv/static/tide.css"))}
  end

  defp answer(_path), do: {"404 Not Found", "text/plain", "nothing here"}

  defp tide({:ok, hours}) do
    etag = Base.encode16(:crypto.hash(:sha256, to_string(hours)), case: :lower)
    body = JSON.encode!(%{what: Application.fetch_env!(:tide, :greeting), hours: hours, etag: etag})
    {"200 OK", "application/json", body}
  end

  defp tide(:error), do: {"404 Not Found", "application/json", ~s({"error":"no such harbour"})}
end
