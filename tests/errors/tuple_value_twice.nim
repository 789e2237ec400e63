discard """
  errormsg: "field initialized twice: 'x'"
  line: 5
"""
discard (x: 1, x: 2)
