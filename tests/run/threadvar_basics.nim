discard """
  output: '''
5
6
abc @[1]
'''
"""
var x {.threadvar.}: int
var text {.threadvar.}: string
var list {.threadvar.}: seq[int]
x = 5
echo x
proc f() =
  inc x
  text = "abc"
  list.add 1
f()
echo x
echo text, " ", list
