package main

// #cgo LDFLAGS: -lm
// #include "tide.h"
import "C"

import (
	"fmt"
	"log"
	"net/http"
	"os"
	"time"
)

func main() {
	port := os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	http.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(w, "ok")
	})
	http.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		hours := float64(time.Now().Unix()) / 3600
		fmt.Fprintf(w, `{"tide": %.2f}`, float64(C.tide(C.double(hours))))
	})
	log.Fatal(http.ListenAndServe(":"+port, nil))
}
