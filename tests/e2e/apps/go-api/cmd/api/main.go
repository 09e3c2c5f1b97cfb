// Command api answers a JSON route and serves an embedded page.
package main

import (
	"context"
	"embed"
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"acme.test/greeting"
	"github.com/go-chi/chi/v5"
)

//go:embed static/index.html
var static embed.FS

var version = "dev"

func answer(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]string{"status": "ok", "greeting": greeting.Text, "version": version})
}

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
	router.Get("/healthz", answer)
	router.Get("/api", answer)
	router.Handle("/static/*", http.FileServerFS(static))
	server := &http.Server{Addr: ":8080", Handler: router, ReadHeaderTimeout: 5 * time.Second}
	done, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	go func() {
		<-done.Done()
		_ = server.Shutdown(context.Background())
	}()
	if err := server.ListenAndServe(); err != http.ErrServerClosed {
		panic(err)
	}
}
