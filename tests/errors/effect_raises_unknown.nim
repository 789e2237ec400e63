discard """
  errormsg: "Exception can raise an unlisted exception: Exception"
  line: 6
"""
var cb: proc ()
proc f() {.raises: [].} = cb()
