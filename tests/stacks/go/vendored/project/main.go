package main

import (
	"flag"
	"fmt"
	"log"
	"net/http"
	"os"

	"example.com/stamp"
)

// version is set when linking.
var version = "dev"

func main() {
	check := flag.Bool("healthcheck", false, "ask the running server and exit")
	flag.Parse()
	if *check {
		answer, err := http.Get("http://127.0.0.1:8085/health")
		if err != nil || answer.StatusCode != http.StatusOK {
			os.Exit(1)
		}
		return
	}
	http.HandleFunc("GET /health", func(w http.ResponseWriter, _ *http.Request) {})
	http.HandleFunc("GET /", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(w, version, stamp.New())
	})
	log.Fatal(http.ListenAndServe("0.0.0.0:8085", nil))
}
