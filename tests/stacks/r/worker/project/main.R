words <- commandArgs(trailingOnly = TRUE)
repeat {
  cat(format(Sys.time()), "samples of", words, mean(stats::rnorm(100)), "\n")
  Sys.sleep(as.numeric(Sys.getenv("PAUSE_SECONDS", "60")))
}
