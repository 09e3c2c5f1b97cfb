# frozen_string_literal: true

require "bundler/setup"
require "json"
require "socket"
require_relative "lib/board"

TYPES = { ".css" => "text/css", ".html" => "text/html" }.freeze

def answer(path)
  file = File.join(__dir__, "public", File.basename(path))
  return ["200 OK", TYPES.fetch(File.extname(file), "text/plain"), File.read(file)] if File.file?(file)

  case path
  when "/" then ["200 OK", "application/json", JSON.generate(Board.today)]
  when "/healthz" then ["200 OK", "text/plain", "ok"]
  else ["404 Not Found", "text/plain", "nothing here"]
  end
end

server = TCPServer.new("0.0.0.0", Integer(ENV.fetch("PORT", "8080")))
trap("TERM") { exit }
loop do
  Thread.new(server.accept) do |client|
    path = client.gets.to_s.split[1].to_s
    nil while client.gets.to_s.chomp != ""
    status, type, body = answer(path)
    client.write("HTTP/1.1 #{status}\r\nContent-Type: #{type}\r\nContent-Length: #{body.bytesize}\r\nConnection: close\r\n\r\n#{body}")
  ensure
    client.close
  end
end
