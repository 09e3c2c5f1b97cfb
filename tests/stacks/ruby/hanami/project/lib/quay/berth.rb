module Quay
  Berth = Data.define(:number, :depth)
end
