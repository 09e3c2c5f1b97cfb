// Package web holds the pages that esbuild makes.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Files are the pages as they are served.
func Files() fs.FS {
	pages, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err)
	}
	return pages
}
