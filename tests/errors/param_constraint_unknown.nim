discard """
  errormsg: "illformed AST: nosuch"
  line: 5
"""
proc p(a: int{lit|nosuch}): string = "x"
echo p(3)
