discard """
  exitcode: 1
  outputsub: "the reason"
  output: '''
out
'''
"""
echo "out"
quit "the reason"
