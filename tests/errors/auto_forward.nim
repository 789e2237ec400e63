discard """
  errormsg: "return type 'auto' cannot be used in forward declarations"
  line: 5
"""
proc later(): auto
proc later(): auto = 5
echo later()
