discard """
  errormsg: "but expected 'proc (name: string){.closure.}'"
  line: 6
"""
proc f(x: int) = discard
let g: proc (name: string) = f
