discard """
  output: '''
(filename: "???", line: 0, column: -1)
(filename: "instantiation_info.nim", line: 14, column: 11)
(filename: "instantiation_info.nim", line: 15, column: 10)
(filename: "instantiation_info.nim", line: 13, column: 20)
'''
"""
# Where no template is expanded there is no place to tell.
template here(): untyped = instantiationInfo()
template outer(): untyped = here()
echo instantiationInfo()
proc f() = echo here()
echo (outer())
echo [here()][0]
f()
