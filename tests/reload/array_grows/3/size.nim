type Size* = range[0 .. 4]
