discard """
  errormsg: "type mismatch: got <int literal(2)>"
  line: 13
"""
# Classes of types without a body, as candidates show them.
proc show(x: ref) = discard
proc show(x: ptr) = discard
proc show(x: distinct) = discard
proc show(x: object) = discard
proc show(x: enum) = discard
proc show(x: tuple) = discard
proc show(x: proc) = discard
show(2)
