desc "Counts"
task(:count) { puts 1 }
