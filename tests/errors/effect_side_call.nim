discard """
  errormsg: "'f' can have side effects"
  line: 6
"""
proc g() = echo "x"
func f() = g()
