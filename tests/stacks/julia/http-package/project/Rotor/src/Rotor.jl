module Rotor

turns(wind) = round(Int, 2.4wind)

end
