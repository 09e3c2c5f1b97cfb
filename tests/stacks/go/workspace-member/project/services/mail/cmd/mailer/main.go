// Command mailer works through a queue: it listens on nothing.
package main

import (
	"context"
	"fmt"
	"os/signal"
	"syscall"
	"time"

	"example.com/lib/greet"
	"github.com/google/uuid"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Second):
			fmt.Println(greet.Name(uuid.NewString()))
		}
	}
}
