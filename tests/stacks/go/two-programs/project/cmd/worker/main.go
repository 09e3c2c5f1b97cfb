// Command worker does nothing yet.
package main

func main() {}
