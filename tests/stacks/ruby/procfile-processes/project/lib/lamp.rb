# The lamp of a lighthouse.
module Lamp
  def self.signal
    "two flashes every ten seconds"
  end
end
