levels <- jsonlite::fromJSON("data/levels.json")

level_of <- function(gauge) levels[[gauge]]
