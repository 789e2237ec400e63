discard """
  errormsg: "named expression expected"
  line: 6
"""
# Either all parts of a tuple have names or none.
let x = (a: 1, b: "s", "t")
