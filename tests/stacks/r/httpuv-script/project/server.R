library(httpuv)

answer <- function(request) {
  body <- if (request$PATH_INFO == "/ping") "pong" else "the mill turns"
  list(status = 200L, headers = list("Content-Type" = "text/plain"), body = body)
}

port <- as.integer(Sys.getenv("PORT", "7010"))
runServer("0.0.0.0", port, list(call = answer))
