module Windmill

using HTTP
using Rotor

answer(request) = HTTP.Response(200, string(Rotor.turns(length(request.target)), " turns"))

grind() = HTTP.serve(answer, "0.0.0.0", 8077)

end
