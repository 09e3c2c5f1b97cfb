module git.example.com/acme/shop

go 1.26
