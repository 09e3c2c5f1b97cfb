require "hanami/action"

module Quay
  class Action < Hanami::Action
  end
end
