type Size* = range[1 .. 4]
