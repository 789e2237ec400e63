const limit* = 1
