require "hanami"

module Quay
  class App < Hanami::App
  end
end
