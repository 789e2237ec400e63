discard """
  output: '''
said
'''
"""
# `echo` has no tags, as in Nim.
proc quiet() {.tags: [].} = echo "said"
quiet()
