discard """
  errormsg: "current routine cannot return an expression"
  line: 6
"""
iterator it() =
  yield 3
for x in it(): echo x
