discard """
  errormsg: "can raise an unlisted exception: ref IOError"
  line: 9
"""
# A branch catches nothing that another one raises.
proc f() {.raises: [].} =
  try:
    raise newException(ValueError, "x")
  except ValueError as e: raise newException(IOError, e.msg)
  except IOError: discard
