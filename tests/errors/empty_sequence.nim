discard """
  errormsg: "cannot infer the type of the sequence"
  line: 5
"""
let x = @[]
