module Orchard

using Genie

function main()
  Genie.genie(; context = @__MODULE__)
end

end
