// Package ids makes ids.
package ids

import "github.com/google/uuid"

// New returns a new id.
func New() string { return uuid.NewString() }
