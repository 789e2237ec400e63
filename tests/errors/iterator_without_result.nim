discard """
  errormsg: "iterator needs a return type"
  line: 5
"""
iterator twice(a: int) =
  echo a
  echo a
