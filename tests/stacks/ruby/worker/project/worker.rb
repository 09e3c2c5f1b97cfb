# frozen_string_literal: true

require "bundler/setup"
require "tide"

$stdout.sync = true
1.step do |count|
  puts format("high water at %02d:%02d", *Tide.after(250, count).divmod(60))
  sleep 1
end
