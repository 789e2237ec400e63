type
  P = object
    health: int
    name: string
  U = tuple[z: int, y: string]
var
  p = P(health: 3, name: "p")
  u: U = (1, "a")
  t = (1, "a", 2.5)
proc show*() = echo p, u, t
