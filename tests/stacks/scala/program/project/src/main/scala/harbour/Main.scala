package harbour

import com.sun.net.httpserver.HttpServer
import java.net.InetSocketAddress

case class Ship(name: String, berth: Int) derives upickle.default.ReadWriter

@main def serve(): Unit =
  val port = sys.env.getOrElse("PORT", "9100").toInt
  val server = HttpServer.create(InetSocketAddress(port), 0)
  server.createContext("/healthz", exchange => answer(exchange, "ok"))
  server.createContext("/", exchange => answer(exchange, upickle.default.write(Seq(Ship("Argo", 3)))))
  server.start()

private def answer(exchange: com.sun.net.httpserver.HttpExchange, text: String): Unit =
  val bytes = text.getBytes
  exchange.sendResponseHeaders(200, bytes.length)
  exchange.getResponseBody.write(bytes)
  exchange.close()
