discard """
  errormsg: "(ref ValueError)(msg: \"x\", parent: nil) can raise an unlisted exception: ref ValueError"
  line: 5
"""
proc p() {.raises: [].} = raise newException(ValueError, "x")
