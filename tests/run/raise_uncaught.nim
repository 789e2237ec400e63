discard """
  exitcode: 1
  outputsub: "Error: unhandled exception: nobody catches this [ValueError]"
  output: '''
before
'''
"""
proc deep() = raise newException(ValueError, "nobody catches this")
echo "before"
deep()
echo "never"
