discard """
  errormsg: "invalid type: 'template (x: int)' for let. Did you mean to call the template with '()'?"
  line: 6
"""
template f(x: int) = discard
let g = f
