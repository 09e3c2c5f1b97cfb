module example.com/clock

go 1.26

require example.com/stamp v1.0.0

replace example.com/stamp => ./third_party/stamp
