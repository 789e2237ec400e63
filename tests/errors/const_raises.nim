discard """
  errormsg: "unhandled exception: bad const [ValueError]"
  line: 6
"""
proc f(): int =
  raise newException(ValueError, "bad const")
const x = f()
echo x
