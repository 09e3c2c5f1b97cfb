library(testthat)
source("R/levels.R")
expect_equal(level_of("north"), 412)
