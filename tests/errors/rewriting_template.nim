discard """
  disabled: nim
  errormsg: "not supported yet: a pattern for rewriting terms"
  line: 6
"""
template twice{`*`(a, 2)}(a: int): int = a + a
let x = 3
echo x * 2
