discard """
  errormsg: "undeclared identifier: 'a'"
  line: 7
"""
# `f a = 3` assigns to what `f a` gives; an argument has no name there.
proc f(a: int) = discard
f a = 3
