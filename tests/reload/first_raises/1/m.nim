var n = 1
let m = (if n == 1: raise newException(ValueError, "one") else: 3)
proc show*() = echo n, m
