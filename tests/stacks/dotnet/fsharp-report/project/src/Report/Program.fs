[<EntryPoint>]
let main arguments =
    printfn "%s" (Table.row "rye" 3.2m)
    0
