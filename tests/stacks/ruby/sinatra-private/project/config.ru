require_relative "app"

run Scales
