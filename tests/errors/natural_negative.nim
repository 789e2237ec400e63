discard """
  errormsg: "conversion from int literal(-5) to Natural is invalid"
  line: 5
"""
let x: Natural = -5
