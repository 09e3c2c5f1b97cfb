module example.com/services/mail

go 1.26

require example.com/lib/greet v0.0.0

require github.com/google/uuid v1.6.0
