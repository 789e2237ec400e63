discard """
  errormsg: "missing closing ' for character literal"
  line: 5
"""
let x = 'ab'
