discard """
  output: '''
3
'''
"""
# A type that a template injects keeps its name.
template declare(field: untyped) =
  type Made {.inject.} = object
    value: field
declare(int)
echo Made(value: 3).value
