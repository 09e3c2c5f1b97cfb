// Command api answers a JSON route; with -healthcheck it asks the running server instead.
package main

import (
	"encoding/json"
	"flag"
	"log"
	"net/http"
	"os"
	"time"

	"github.com/go-chi/chi/v5"

	"example.com/api/internal/stock"
)

var version = "dev"

func probe() int {
	client := http.Client{Timeout: 2 * time.Second, Transport: &http.Transport{Proxy: nil}}
	response, err := client.Get("http://127.0.0.1:8080/healthz")
	if err != nil || response.StatusCode >= 400 {
		return 1
	}
	return 0
}

func main() {
	check := flag.Bool("healthcheck", false, "ask the running server and exit")
	flag.Parse()
	if *check {
		os.Exit(probe())
	}
	router := chi.NewRouter()
	router.Get("/healthz", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	router.Get("/", func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(map[string]any{"version": version, "stock": stock.Levels()})
	})
	log.Fatal(http.ListenAndServe(":8080", router))
}
