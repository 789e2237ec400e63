discard """
  errormsg: "t.f() can raise an unlisted exception: ValueError"
  line: 9
"""
type F = proc () {.raises: [ValueError].}
type T = object
  f: F
proc listed(t: T) {.raises: [ValueError].} = t.f()
proc call(t: T) {.raises: [].} = t.f()
