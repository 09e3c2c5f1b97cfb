module Table

let row name price = $"{name}\t{price}"
