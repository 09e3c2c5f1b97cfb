source("R/levels.R")

#* @apiTitle Water levels

#* The level at a gauge
#* @param gauge:str
#* @get /level
function(gauge = "north") {
  list(gauge = gauge, centimetres = level_of(gauge))
}

#* @serializer text
#* @get /healthz
function() "well"
