discard """
  errormsg: "invalid type: 'iterator (): int"
  line: 7
"""
iterator numbers(): int =
  yield 1
let x = numbers
