discard """
  exitcode: 3
  output: '''
before
'''
"""
# quit ends with the code; what comes after does not run.
echo "before"
proc p() =
  quit(3)
p()
echo "never"
