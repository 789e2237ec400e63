discard """
  output: '''
false 0
'''
"""
# Nothing has changed, so nothing is reloaded and no handler runs.
import std/hotcodereloading
var count = 0
beforeCodeReload:
  count += 1
  echo "before"
afterCodeReload:
  count += 10
  echo "after"
performCodeReload()
echo hasAnyModuleChanged(), " ", count
