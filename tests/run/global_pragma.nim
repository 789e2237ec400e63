discard """
  output: '''
init
start
111213
510
'''
"""
# A {.global.} variable of a proc keeps its value and is initialised once.
proc init(): int =
  echo "init"
  10
proc counter(): int =
  var n {.global.} = init()
  inc n
  n
echo "start"
echo counter(), counter(), counter()
proc other(): int =
  var n {.global.}: int
  n += 5
  n
echo other(), other()
