defmodule Barometer.Server do
  @moduledoc "Answers one request after the other."
  use Task, restart: :permanent

  def start_link(_options), do: Task.start_link(__MODULE__, :listen, [])

  def listen do
    port = Application.fetch_env!(:barometer, :port)
    {:ok, socket} = :gen_tcp.listen(port, [:binary, packet: :http_bin, active: false, reuseaddr: true])
    serve(socket)
  end

  defp serve(socket) do
    {:ok, client} = :gen_tcp.accept(socket)

    with {:ok, {:http_request, :GET, {:abs_path, path}, _version}} <- :gen_tcp.recv(client, 0, 2_000) do
      body = body(path)
      :gen_tcp.send(client, "HTTP/1.1 200 OK\r\ncontent-length: #{byte_size(body)}\r\nconnection: close\r\n\r\n#{body}")
    end

    :gen_tcp.close(client)
    serve(socket)
  end

  defp body("/barometer.css"), do: File.read!(Application.app_dir(:barometer, "priv/static/barometer.css"))
  defp body("/healthz"), do: "ok"
  defp body(_path), do: "1013 hectopascal"
end
