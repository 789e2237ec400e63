type
  Feet* = object
    n*: float
  Meters* = object
    n*: float
proc migrate(old: Feet; new: var Meters) = new.n = old.n * 0.5
