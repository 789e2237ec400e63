discard """
  errormsg: "match for: (typeof(nil))"
  line: 8
"""
# What a pointer points to makes no difference for `nil`.
proc show(x: ptr int): string = "ptr"
proc show(x: pointer): string = "pointer"
echo show(nil)
