// Package web holds the page.
package web

import "embed"

// Files are the page and its parts.
//
//go:embed index.html
var Files embed.FS
