discard """
  errormsg: "type mismatch: got <A, B>"
  line: 7
"""
type A = ref object
type B = ref object
echo A() == B()
