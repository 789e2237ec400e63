discard """
  errormsg: "ambiguous identifier: 'limit' -- use one of the following:"
  line: 9
"""
# Two modules export a constant of one name: it has to be said whose is meant.
import one, two
echo one.limit
echo two.limit
echo limit
