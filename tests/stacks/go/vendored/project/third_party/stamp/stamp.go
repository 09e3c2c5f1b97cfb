// Package stamp makes stamps.
package stamp

import "time"

// New returns the time as text.
func New() string { return time.Now().UTC().Format(time.RFC3339) }
