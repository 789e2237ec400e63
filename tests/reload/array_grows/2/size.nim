type Size* = range[1 .. 3]
