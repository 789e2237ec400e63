discard """
  exitcode: 1
  outputsub: "Error: unhandled exception: index 5 not in 0 .. 0 [IndexDefect]"
  output: '''
before
'''
"""
var xs = @[1]
var i = 5
echo "before"
xs[i] = 1
echo "never"
