module example.com/api

go 1.26

require (
	acme.test/greeting v1.0.0
	github.com/go-chi/chi/v5 v5.2.3
)
