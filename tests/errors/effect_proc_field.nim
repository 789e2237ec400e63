discard """
  errormsg: "Exception can raise an unlisted exception: Exception"
  line: 8
"""
type T = object
  f: proc ()
  g: proc () {.raises: [].}
proc call(t: T) {.raises: [].} = t.f()
proc quiet(t: T) {.raises: [].} = t.g()
