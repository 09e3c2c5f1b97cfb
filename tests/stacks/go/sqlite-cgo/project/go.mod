module example.com/ledger

go 1.26

toolchain go1.26.2

require github.com/mattn/go-sqlite3 v1.14.24
