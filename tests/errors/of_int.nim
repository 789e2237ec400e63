discard """
  errormsg: "'of' takes object types"
  line: 6
"""
let x = 3
echo x of int
