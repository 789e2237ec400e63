discard """
  output: '''
003text42.0
17
inner
1
p
5
'''
"""
# Declarations in groups, with and without types, several names at once.
var
  a, b: int
  c = 3
  d: string = "text"
let
  e = c + 1
  f: float = 2
echo a, b, c, d, e, f
var x, y = 7
x = 1
echo x, y
var shadow = 1
block:
  var shadow = "inner"
  echo shadow
echo shadow
proc p() =
  let shadow = 'p'
  echo shadow
p()
var `type` = 5
echo `type`
