// Package greeting greets.
package greeting

// Text is the greeting.
const Text = "hello from acme"
