local socket = require "socket"
local tides = require "lib.tides"

local server = assert(socket.bind("0.0.0.0", tonumber(os.getenv("PORT") or 4000)))
while true do
  local client = server:accept()
  client:settimeout(5)
  local path = (client:receive("*l") or ""):match("^GET (%S+)") or "/"
  local body = path == "/healthz" and "well" or tides.next()
  client:send("HTTP/1.0 200 OK\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body)
  client:close()
end
