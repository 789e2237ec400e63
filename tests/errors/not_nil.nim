discard """
  errormsg: "not supported yet: the annotation 'not nil'"
  disabled: nim
  line: 7
"""
type Count = ref int
proc show(x: Count not nil) = echo x[]
show(nil)
