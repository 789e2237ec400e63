discard """
  output: '''
2
three
4
5.5
1
0
1
2
10
'''
"""
# A block, a loop and a branch have scopes of their own; the loop variable is new each time round.
var x = 1
block:
  let x = 2
  echo x
if true:
  let x = "three"
  echo x
for x in 4..4: echo x
while true:
  let x = 5.5
  echo x
  break
echo x
for i in 0..2:
  var fresh: int
  fresh += i
  echo fresh
proc p(x: int): int =
  let y = x
  block:
    let x = y * 2
    result = x
echo p(5)
