discard """
  output: '''
called
called
5
'''
"""
proc f(): int {.discardable.} =
  echo "called"
  5
f()
echo f()
proc g(): string = "dropped"
discard g()
discard 1 + 2
