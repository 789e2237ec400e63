discard """
  output: '''
truetruefalse
JsonKindError: Incorrect JSON kind. Wanted '{JInt}' in '' but got 'JFloat'.
JsonKindError: expected 'nan|inf|-inf', got x
JsonKindError: Incorrect JSON kind. Wanted '{JInt, JFloat}' in '' but got 'JBool'.
441844674407370955161518446744073709551615nan
JsonKindError: Incorrect JSON kind. Wanted '{JInt}' in '' but got 'JString'.
JsonKindError: Incorrect JSON kind. Wanted '{JBool}' in '' but got 'JInt'.
1.0true
'''
"""
# Nodes as values of types, and what does not fit; an element is looked up by its value.
import json, std/jsonutils
proc tell(e: ref Exception) = echo e.name, ": ", e.msg
echo %*1 in %*[1, 2.5, "s"], %*"s" in %*[1, 2.5, "s"], %*nil in %*[1]
try: echo to(%*1.5, int)
except JsonKindError as e: tell e
try: echo to(%*"x", float)
except JsonKindError as e: tell e
try: echo to(%*true, float)
except JsonKindError as e: tell e
echo to(%*300, int8), to(%*(-1), uint), to(parseJson("18446744073709551615"), uint64), to(%*"nan", float)
try: echo jsonTo(%*"x", int)
except JsonKindError as e: tell e
try: echo jsonTo(%*1, bool)
except JsonKindError as e: tell e
echo jsonTo(%*1, float), jsonTo(%*true, bool)
