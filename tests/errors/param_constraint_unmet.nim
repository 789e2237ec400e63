discard """
  errormsg: "type mismatch: got <"
  line: 7
"""
proc onlyLiterals(a: int{lit}): string = "x"
var i = 3
echo onlyLiterals(i)
