discard """
  output: '''
1 10 9 -1 -1 -1 5 
3
'''
"""
# Many string branches.
proc code(s: string): int =
  case s
  of "add": 1
  of "sub": 2
  of "mul": 3
  of "div": 4
  of "push": 5
  of "pop": 6
  of "jump": 7
  of "call": 8
  of "ret": 9
  of "halt": 10
  else: -1
for s in ["add", "halt", "ret", "nop", "ad", "adds", "push"]: stdout.write code(s), " "
echo ""
var word = "mu"
word.add('l')
echo code(word)
