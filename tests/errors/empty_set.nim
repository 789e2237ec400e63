discard """
  errormsg: "cannot infer the type of the set"
  line: 5
"""
let x = {}
