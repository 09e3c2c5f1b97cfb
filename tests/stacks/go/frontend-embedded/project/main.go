package main

import (
	"log"
	"net/http"
	"os"

	"example.com/notes/web"
)

func main() {
	port := os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	log.Fatal(http.ListenAndServe(":"+port, http.FileServerFS(web.Files())))
}
