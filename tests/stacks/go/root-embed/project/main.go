package main

import (
	"embed"
	"log"
	"net/http"
)

//go:embed static templates/*.html
var files embed.FS

func main() {
	log.Fatal(http.ListenAndServe(":3000", http.FileServerFS(files)))
}
