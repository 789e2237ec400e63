discard """
  errormsg: "a converter takes exactly one argument"
  line: 5
"""
converter c(x: int, y: int): string = ""
