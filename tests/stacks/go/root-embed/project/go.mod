module pages

go 1.27
