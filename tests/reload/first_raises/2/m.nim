var n = 1
let m = (if n == 2: raise newException(ValueError, "one") else: 3)
proc show*() = echo n, m
