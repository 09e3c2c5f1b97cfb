module Archive
  class Action < Quay::Action
  end
end
