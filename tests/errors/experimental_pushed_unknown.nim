discard """
  errormsg: "unknown experimental feature"
  line: 5
"""
{.push experimental: "notThere".}
proc f() = discard
{.pop.}
f()
