module Quay
  class Routes < Hanami::Routes
    get "/health", to: ->(_) { [200, {}, ["ok"]] }
  end
end
