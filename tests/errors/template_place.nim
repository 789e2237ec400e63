discard """
  errormsg: "undeclared identifier: 'undefinedThing'"
  line: 8
"""
# What is wrong in a template's body is wrong there, not where it is called.
template report(x: int) =
  echo x
  undefinedThing(x)
report(3)
