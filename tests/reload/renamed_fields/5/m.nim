type
  OldP = object
    age: int
  P = object
    health: int
    name: string
    years: float
  U = tuple[z: int, y: string]
proc migrate(old: OldP; new: var P) = new.years = float(old.age) + 0.5
var
  p = P(health: 3, name: "p")
  u: U = (1, "a")
  t: tuple[n: int, s: string] = (1, "a")
proc show*() = echo p, u, t
