library(fjordmodels)

#* @get /forecast
function(station) {
  connection <- DBI::dbConnect(RPostgres::Postgres(), dbname = Sys.getenv("PGDATABASE"))
  on.exit(DBI::dbDisconnect(connection))
  predict(salmon_model(), DBI::dbGetQuery(connection, "select * from catches where station = $1", list(station)))
}

#* @get /livez
function() list(alive = TRUE)
