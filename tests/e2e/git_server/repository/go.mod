module acme.test/greeting.git

go 1.23
