discard """
  errormsg: "cannot instantiate: 'T'"
  line: 5
"""
proc make[T](): T = discard
let x = make()
