using CSV, Dates

for file in ARGS
    rows = CSV.File(file)
    println(now(), " ", file, ": ", length(rows), " casts of the net")
end
