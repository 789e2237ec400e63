type Size* = range[1 .. 2]
