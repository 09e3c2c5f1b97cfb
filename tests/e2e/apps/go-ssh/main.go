// Command job says what a private module says.
package main

import (
	"fmt"

	"acme.test/greeting.git"
)

func main() {
	fmt.Println(greeting.Text)
}
