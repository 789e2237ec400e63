discard """
  errormsg: "Exception can raise an unlisted exception: Exception"
  line: 9
"""
proc q() {.raises: [].} =
  try:
    raise newException(ValueError, "x")
  except ValueError:
    raise
