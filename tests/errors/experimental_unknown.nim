discard """
  errormsg: "unknown experimental feature"
  line: 5
"""
{.experimental: "notThere".}
echo 1
