type
  P = object
    health: int
    name: string
  U = tuple[z: int, y: string]
var
  p = P(health: 3, name: "p")
  u: U = (1, "a")
  t: tuple[n: int, s: string] = (1, "a")
proc show*() = echo p, u, t
