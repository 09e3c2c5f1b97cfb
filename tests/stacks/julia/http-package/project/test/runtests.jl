using Test
using Rotor

@test Rotor.turns(10) == 24
