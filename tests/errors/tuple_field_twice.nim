discard """
  errormsg: "attempt to redefine: 'a'"
  line: 5
"""
type T = tuple[a: int, a: string]
