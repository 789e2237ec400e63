discard """
  errormsg: "can raise an unlisted exception: ref ValueError"
  line: 9
"""
proc caught() {.raises: [].} =
  try: raise newException(ValueError, "x")
  except ValueError: discard
proc q() {.raises: [].} =
  try: raise newException(ValueError, "x")
  except IOError: discard
