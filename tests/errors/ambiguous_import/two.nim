const limit* = 2
