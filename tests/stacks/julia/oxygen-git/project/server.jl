using Oxygen
using Sediment

@get "/depth/{reach}" function (_, reach::String)
    Dict("reach" => reach, "metres" => Sediment.depth(reach))
end

@get "/ping" () -> "pong"

serve(host = "0.0.0.0", port = parse(Int, get(ENV, "PORT", "8085")))
