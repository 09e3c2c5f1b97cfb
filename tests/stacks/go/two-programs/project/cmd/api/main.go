// Command api serves the page that it embeds.
package main

import (
	"net/http"

	"git.example.com/acme/shop/web"
)

func main() {
	server := http.Server{Addr: ":8088", Handler: http.FileServerFS(web.Files)}
	panic(server.ListenAndServe())
}
