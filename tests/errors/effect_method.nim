discard """
  errormsg: "m(x) can raise an unlisted exception: Exception"
  line: 7
"""
# Who overrides it is not known.
method m(x: RootRef) {.base.} = discard
proc p(x: RootRef) {.raises: [].} = m(x)
proc q(x: RootRef) {.raises: [Exception].} = m(x)
