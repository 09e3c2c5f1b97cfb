module example.com/lib/greet

go 1.26
