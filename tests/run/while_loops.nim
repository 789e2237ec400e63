discard """
  output: '''
0
1
2
4
6
7
111
done
'''
"""
var i = 0
while i < 3:
  echo i
  inc i
while true:
  inc i
  if i == 5: continue
  if i > 7: break
  echo i
var n = 27
var steps = 0
while n != 1:
  if n mod 2 == 0: n = n div 2
  else: n = 3 * n + 1
  inc steps
echo steps
while false: echo "never"
block outer:
  while true:
    while true:
      break outer
echo "done"
