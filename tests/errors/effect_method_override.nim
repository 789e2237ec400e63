discard """
  errormsg: "can raise an unlisted exception: ref ValueError"
  line: 9
"""
type A = ref object of RootObj
type B = ref object of A
method m(x: A) {.base, raises: [].} = discard
proc p(x: A) {.raises: [].} = m(x)
method m(x: B) = raise newException(ValueError, "x")
