discard """
  errormsg: "can raise an unlisted exception: ref ValueError"
  line: 7
"""
{.push raises: [].}
proc f() =
  raise newException(ValueError, "a")
{.pop.}
