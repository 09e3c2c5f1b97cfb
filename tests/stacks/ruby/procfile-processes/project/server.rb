require "socket"
require_relative "lib/lamp"

server = TCPServer.new("0.0.0.0", Integer(ENV.fetch("PORT", "4567")))
trap("INT") { exit }
loop do
  client = server.accept
  path = client.gets.to_s.split[1]
  body = path == "/healthz" ? "lit" : Lamp.signal
  client.write("HTTP/1.0 200 OK\r\nContent-Length: #{body.bytesize}\r\n\r\n#{body}")
  client.close
end
