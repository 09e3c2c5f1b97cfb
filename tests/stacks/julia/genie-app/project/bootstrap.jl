(pwd() != @__DIR__) && cd(@__DIR__)

using Orchard
const UserApp = Orchard
Orchard.main()
