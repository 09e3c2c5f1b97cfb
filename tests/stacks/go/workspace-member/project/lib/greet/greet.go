// Package greet greets.
package greet

// Name returns a greeting.
func Name(name string) string { return "hello " + name }
