require_relative "lib/lamp"

exit if ARGV.include?("--check")
$stdout.sync = true
loop do
  puts Lamp.signal
  sleep 1
end
