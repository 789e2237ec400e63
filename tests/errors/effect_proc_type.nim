discard """
  errormsg: "type mismatch: got <proc ()"
  line: 6
"""
proc take(cb: proc () {.raises: [].}) = cb()
take(proc () = raise newException(ValueError, ""))
