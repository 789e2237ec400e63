var n = 1
proc show*() = echo n
