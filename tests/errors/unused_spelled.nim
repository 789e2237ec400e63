discard """
  errormsg: "expression 'made()' is of type 'Id' and has to be used (or discarded)"
  line: 7
"""
type Id = int
proc made(): Id = 3
made()
