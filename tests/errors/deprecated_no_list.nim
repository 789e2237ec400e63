discard """
  errormsg: "list of key:value pairs expected"
  line: 7
"""
# A list of old names, each with what it stands for.
type A = object
{.deprecated: A.}
