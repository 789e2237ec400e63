discard """
  errormsg: "converter needs a return type"
  line: 5
"""
converter c(a: int) = discard
