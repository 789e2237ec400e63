discard """
  exitcode: 1
  output: '''
before
'''
"""
# Endless recursion ends with a message and status 1, not with a signal.
proc down(n: int): int = down(n + 1) + 1
echo "before"
echo down(0)
