discard """
  errormsg: "cannot instantiate: 'T'"
  line: 5
"""
proc gen[T](): T = discard
echo gen()
