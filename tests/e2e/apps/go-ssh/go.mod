module example.com/job

go 1.26

require acme.test/greeting.git v1.0.0
