// Command api greets over HTTP.
package main

import (
	_ "embed"
	"fmt"
	"log"
	"net/http"

	"example.com/lib/greet"
)

//go:embed web/index.html
var page string

func main() {
	http.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	http.HandleFunc("/hello", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, greet.Name("ada")) })
	http.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, page) })
	log.Fatal(http.ListenAndServe(":8080", nil))
}
