discard """
  errormsg: "named expression not allowed here"
  line: 6
"""
# Either all parts of a tuple have names or none.
let t = (1, x: 2)
